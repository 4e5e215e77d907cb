// The server is told to stop while somebody's page is open.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
});
afterAll(() => app.close());

describe('a server that is told to stop', () => {
  it('ends the live streams of open pages, instead of waiting for their readers to go', async () => {
    const { key } = await app.person('Bea Owner', ['SDK']);
    const url = await app.server.listen({ port: 0 });
    const answer = await fetch(`${url}/api/v1/live`, { headers: { authorization: `Bearer ${key}` } });
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toContain('event: ready');
    await app.server.close();
    for (let next = await reader?.read(); !next?.done; ) next = await reader?.read();
    expect(app.server.server.listening).toBe(false);
  });
});
