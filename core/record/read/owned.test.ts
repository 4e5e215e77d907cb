import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../../test/support/application.ts';
import type { TestApplication } from '../../../test/support/application.ts';
import { castOf } from '../../../test/support/thread.ts';
import type { Cast } from '../../../test/support/thread.ts';
import type { Body } from '../../../test/support/client.ts';

let app: TestApplication;
let cast: Cast;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

describe('what a person owns', () => {
  it('is told page by page, whatever its type, once', async () => {
    for (const title of ['One', 'Two', 'Three'])
      await cast.owner.create('business-requirements', {
        title,
        statement: title,
        trigger: 'market',
        owner: cast.owner.id,
        customers: [cast.customer],
      });
    const seen: string[] = [];
    let rest = '';
    do {
      const { body } = await cast.owner.get(`/records?owner=${cast.owner.id}&open=true&limit=2${rest}`);
      seen.push(...body.items.map((each: Body) => each.title));
      rest = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
    } while (rest);
    expect(seen.slice(0, 3)).toEqual(['Three', 'Two', 'One']);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('leaves out what has come to its end, when only the open is asked for', async () => {
    const { items } = (await cast.owner.get(`/records?owner=${cast.owner.id}`)).body;
    const { id } = items.find((each: Body) => each.title === 'One');
    await cast.owner.move('business-requirements', id, 'withdraw', { reason: 'No longer wanted.' });
    const titles = async (query: string) =>
      (await cast.owner.get(`/records?owner=${cast.owner.id}${query}`)).body.items.map((each: Body) => each.title);
    expect(await titles('&open=true')).not.toContain('One');
    expect(await titles('')).toContain('One');
  });

  it('shows nobody what they may not see', async () => {
    const stranger = await app.person('Other Owner', ['BOW'], { customer: await app.customer('Kestrel') });
    expect((await stranger.get(`/records?owner=${cast.owner.id}`)).body.items).toEqual([]);
  });
});
