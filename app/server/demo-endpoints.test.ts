import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Client } from '../../test/support/client.ts';
import { credentialsOf } from '../../test/support/credentials.ts';

let app: TestApplication;
let administrator: Client;

beforeAll(async () => {
  app = await createTestApplication();
  await app.server.listen({ port: 0, host: '127.0.0.1' });
  administrator = await app.person('Ann Administrator', ['ADM']);
});
afterAll(() => app.close());

const codeOf = async (by: Client) => (await by.post('/demo')).body.code;

describe('the example, played by a button', () => {
  it('is for administrators', async () => {
    expect(await codeOf(await app.person('Sue Owner', ['SOW']))).toBe('demo.administrator');
  });

  it('is not started from within an example', async () => {
    const example = await createTestApplication({ example: true });
    try {
      expect(await codeOf(await example.person('Ada Falk', ['ADM']))).toBe('demo.administrator');
    } finally {
      await example.close();
    }
  });

  it('is played once at a time, tells its steps, and ends with the people to look around as', async () => {
    expect((await administrator.get('/demo')).body).toMatchObject({ state: 'idle', wayIn: null });
    const before = await credentialsOf(app);
    expect((await administrator.post('/demo')).status).toBe(202);
    expect(await codeOf(administrator)).toBe('demo.running');
    await vi.waitFor(async () => expect((await administrator.get('/demo')).body.state).not.toBe('running'), {
      timeout: 110_000,
      interval: 500,
    });
    const { body } = await administrator.get('/demo');
    expect(body).toMatchObject({ state: 'finished', fault: null, done: body.steps });
    expect(body.told.filter((line: string) => /^[A-Z]/.test(line))).toHaveLength(body.steps - 1);
    expect(body.wayIn.signIns.map(({ role }: { role: string }) => role)).toContain('business owner');
    // A key started it: nothing that lets in anywhere but in the example was made.
    expect(await credentialsOf(app)).toEqual(before);
    const another = await app.person('Otto Administrator', ['ADM']);
    expect((await another.get('/demo')).body.wayIn).toBeNull();
  }, 120_000);
});
