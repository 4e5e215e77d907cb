// A file that means harm poisons neither the proof nor the memory. Its kind: all that writes past the schemas of the API, which is
// the import alone; words that every object knows are looked up in tables that answer to their own names (core/names).
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';

let app: TestApplication;
let administrator: Client;
beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ann Administrator', ['ADM', 'SDK']);
});
afterAll(() => app.close());

const mapping = {
  format: 1,
  source: 'hostile',
  zone: 'UTC',
  timeFormat: 'iso',
  missing: [''],
  key: 'key',
  occurredAt: 'at',
  state: { column: 'state', values: { Open: { state: 'new' } } },
  title: '{what}',
  fields: { priority: { column: 'prio', values: { high: 'P2' } } },
};
const header = 'key,at,state,what,prio';

const begun = async (file: Buffer, by: object, name = 'log.csv'): Promise<Body> => {
  const { id } = (await administrator.upload(`/import-uploads?name=${name}`, file)).body;
  const wanted = { upload: id, type: 'incident', mapping: { ...mapping, ...by } };
  return (await administrator.post('/imports', wanted)).body;
};
const ended = async ({ import: { id } }: Body): Promise<{ run: Body; reasons: string[] }> => {
  const run = await vi.waitFor(async () => {
    const { body } = await administrator.get(`/imports/${id}`);
    expect(['reading', 'writing']).not.toContain(body.import.state);
    return body.import;
  }, 60_000);
  const { items } = (await administrator.get(`/imports/${id}/rejects`)).body;
  return { run, reasons: items.map(({ reason }: Body) => reason) };
};
const differences = async () =>
  (await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences;

describe('a hostile file', () => {
  it('has each row that nothing can hold rejected in a sentence, and the others written', async () => {
    const rows = [
      'A-1,2026-02-01T08:00:00Z,constructor,State,high',
      'A-2,2026-02-01T08:00:00Z,__proto__,State,high',
      'A-3,2026-02-01T08:00:00Z,Open,Priority,toString',
      'A-4,9999-12-31T23:59:59-14:00,Open,Late,high',
      'A-5,0000-01-01T00:00:00Z,Open,Early,high',
      `constructor,2026-02-01T08:00:00Z,Open,${'x'.repeat(299)}\u{1f600}\u{1f600},high`,
      '__proto__,2026-02-01T08:00:00Z,Open,Nul \u0000 in it,high',
      // A file that is mostly nonsense has the wrong mapping, and is refused whole.
      ...Array.from({ length: 300 }, (_, index) => `H-${index},2026-02-01T08:00:00Z,Open,Honest,high`),
    ];
    const { run, reasons } = await ended(await begun(Buffer.from([header, ...rows].join('\n')), { source: 'rows' }));
    expect([run.state, run.faults]).toEqual(['ended', []]);
    for (const word of ['"constructor"', '"__proto__"', '"toString"', '9999', '0000'])
      expect(reasons.join('\n')).toContain(word);
    const { items } = (await administrator.get('/incidents')).body;
    for (const { title } of items) expect(title.isWellFormed() && !title.includes('\u0000')).toBe(true);
    expect(items.map(({ title }: Body) => title)).toContain('Honest');
    expect(await differences()).toEqual([]);
  });

  it.each([
    ['a state that the lifecycle has not', { state: { column: 'state', values: { Open: { state: 'constructor' } } } }],
    ['a field of the header', { fields: { _owner: { column: 'prio' } } }],
    ['what entries tell besides', { fields: { _evidence: { column: 'prio' } } }],
    ['a name that every object knows', { fields: { toString: { column: 'prio' } } }],
    ['nonsense', { fields: { nonsense: { column: 'prio' } } }],
  ])('is refused in a sentence before its first row where its mapping names %s', async (_what, by) => {
    const entries = async () =>
      (await app.database.ownerPool.query('select count(*)::int as count from core.journal')).rows[0].count;
    const before = await entries();
    const file = Buffer.from(`${header}\nB-1,2026-02-01T08:00:00Z,Open,Boat,high`);
    const answer = await begun(file, { ...by, source: 'mapping' });
    const run = answer.import ? (await ended(answer)).run : undefined;
    const codes = run ? run.faults.map(({ code }: Body) => code) : [answer.code];
    expect(codes[0]).toMatch(/^import\.mapping-/);
    expect(await entries()).toBe(before);
  });

  it('of very many rows of one record, packed into little, is written with as many as one may have', async () => {
    const rows = Array.from({ length: 6000 }, () => 'C-1,2026-02-01T08:00:00Z,Open,Boat,high').join('\n');
    const packed = gzipSync(`${header}\n${rows}`);
    expect(packed.length).toBeLessThan(5000);
    const { run, reasons } = await ended(await begun(packed, { source: 'packed' }, 'log.csv.gz'));
    expect([run.state, run.made, reasons]).toEqual(['ended', 1, [expect.stringContaining('1000 further rows')]]);
    expect(await differences()).toEqual([]);
  });
});
