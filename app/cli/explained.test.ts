// Every way in which the machine, the database or a file keeps a local command from its work is one line. Its kind: what start says
// of itself stands in start.ts; what an API call is answered is JSON; an import's own refusals stand in core/import.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { harbour } from '../../examples/harbour/harbour.ts';
import { createTestDatabase, urlOf } from '../../test/support/database.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { explained } from './explained.ts';
import { run } from './run.ts';

let database: TestDatabase;
let folder: string;
let told: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'servicewright-commands-'));
  vi.stubEnv('SERVICEWRIGHT_DATA', folder);
  vi.stubEnv('DATABASE_URL', urlOf(database.appConfig));
  vi.stubEnv('DATABASE_OWNER_URL', urlOf(database.ownerConfig));
  for (const each of ['log', 'error'] as const)
    vi.spyOn(console, each).mockImplementation((text: string) => void told.push(text));
});
beforeEach(() => {
  told = [];
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await database.drop();
  rmSync(folder, { recursive: true });
});

describe('a local command that cannot do its work', () => {
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  it.each<[string, () => string[], RegExp]>([
    ['restores a file that is not there', () => ['restore', join(folder, 'none.gz')], /There is no file/],
    ['restores a folder', () => ['restore', folder], /is no file/],
    ["restores another program's file", () => ['restore', file('other.gz', 'PGDMP')], /no backup of Servicewright/],
    ['restores with half a fingerprint', () => ['restore', file('a.gz', ''), '--signed-by', 'ab'], /64 hexadecimal/],
    ['restores with a word too many', () => ['restore', 'a', 'b'], /Say: servicewright restore/],
    ['backs up over a file', () => ['backup', file('there.gz', '')], /never overwrites/],
    ['backs up into no folder', () => ['backup', join(folder, 'none/a.gz')], /no such file or folder/],
    ['is given an option that it has not', () => ['verify', '--fast'], /Unknown option '--fast'/],
    ['is none, and called as something every object has', () => ['constructor'], /No server answers/],
  ])('says so in one line when it %s', async (_what, args, words) => {
    vi.stubEnv('SERVICEWRIGHT_URL', 'http://127.0.0.1:9');
    expect(await run(harbour, args())).toBe(2);
    expect(told).toEqual([expect.stringMatching(words)]);
    expect(told[0]).not.toContain('\n');
  });

  it('says so in one line when its database does not answer, refuses the role, or is of a later version', async () => {
    vi.stubEnv('DATABASE_OWNER_URL', 'postgres://a:b@127.0.0.1:9/none');
    expect(await run(harbour, ['verify'])).toBe(2);
    vi.stubEnv('DATABASE_OWNER_URL', urlOf({ ...database.ownerConfig, user: 'nobody-here' }));
    expect(await run(harbour, ['verify'])).toBe(2);
    vi.stubEnv('DATABASE_OWNER_URL', urlOf(database.ownerConfig));
    await database.ownerPool.query("insert into core.migration (name, sha256) values ('core/9999-later.sql', 'x')");
    expect(await run(harbour, ['verify'])).toBe(2);
    await database.ownerPool.query("delete from core.migration where name = 'core/9999-later.sql'");
    expect(told).toEqual([
      expect.stringMatching(/^What the command talks to does not answer.*ECONNREFUSED/),
      expect.stringMatching(/^The database does not let this role in/),
      expect.stringMatching(/^The database has run core\/9999-later.sql/),
    ]);
  });

  it('says so in one line when the key that signs is spoilt or open to others', async () => {
    mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, 'keys/checkpoint-key.pem'), 'no key', { mode: 0o600 });
    expect(await run(harbour, ['verify'])).toBe(2);
    rmSync(join(folder, 'keys'), { recursive: true });
    expect(told).toEqual([expect.stringMatching(/holds no key that can be read/)]);
  });

  it('says so in one line when it has a bug, whose stack goes to a file', async () => {
    const broken = {
      ...harbour,
      play: () => Promise.reject(new TypeError('x is\nnot a function')),
      inWords: () => undefined,
    };
    expect(await run(broken, ['demo', 'incident-log'])).toBe(2);
    const log = join(folder, 'commands.log');
    expect(told.at(-1)).toBe(`servicewright demo failed: x is not a function. Where it happened stands in ${log}.`);
    expect(readFileSync(log, 'utf8')).toMatch(/servicewright demo\nTypeError: x is\nnot a function\n {4}at /);
  });
});

describe('what is said', () => {
  const machine = (code: string) => Object.assign(new Error(`${code}: of the machine,\nopen 'x'`), { code });
  const ofDatabase = (code: string) => Object.assign(new pg.DatabaseError('of the database', 0, 'error'), { code });
  it.each([
    ...['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EISDIR', 'EMFILE', 'ECONNREFUSED', 'ETIMEDOUT'].map(machine),
    ...['53100', '53300', '57P01', '28P01', '3D000', '42501', '55P03', '40P01', '25006'].map(ofDatabase),
    new TypeError('fetch failed', { cause: machine('ECONNREFUSED') }),
    new AggregateError([machine('ECONNREFUSED')]),
  ])('of $code $message is one line with its cause', (error) => {
    if (error instanceof AggregateError) Object.assign(error, { code: 'ECONNREFUSED' });
    expect(explained(error)).toMatch(/^[^\n]+ \([^\n]*of the (?:machine|database)[^\n]*\)$/);
  });

  it('of a disk without room is that, whoever found out', () => {
    expect(explained(machine('ENOSPC'))).toMatch(/^There is no room left on the disk/);
    expect(explained(ofDatabase('53100'))).toMatch(/^There is no room left on the disk/);
  });

  it('of a bug is nothing: nobody can mend it at the machine', () => {
    expect(explained(new TypeError('x'))).toBeUndefined();
    expect(explained(ofDatabase('42703'))).toBeUndefined();
  });
});
