// Refusals are counted though the clock stands still between them, as that of an example does.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApplication } from '../../../test/support/application.ts';
import type { TestApplication } from '../../../test/support/application.ts';
import type { Client } from '../../../test/support/client.ts';

let app: TestApplication;
let nobody: Client;

beforeAll(async () => {
  app = await createTestApplication({ example: true });
  nobody = await app.person('Nob', []);
});
afterAll(() => app.close());

it('each refusal is counted once, at whatever instant of the scenario', async () => {
  const counted = async () => {
    expect((await nobody.post('/services', { title: 'Not mine to make' })).status).toBe(403);
    await app.runJob('measurement-rollup');
    const { rows } = await app.application.pool.query(
      "select n from improvement.rollup where metric = 'refusals' and grain = 'day'",
    );
    return rows.map(({ n }) => n);
  };
  expect(await counted()).toEqual([1]);
  expect(await counted()).toEqual([2]);
});
