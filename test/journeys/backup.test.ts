import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastLine as verdict } from '../../app/cli/verify.ts';
import { migrationFolders } from '../../app/server/migrations.ts';
import { migrate } from '../../core/database/migrate.ts';
import { asPlainRole } from '../../core/database/backup/plain-role.ts';
import { sealLength, sealOf } from '../../core/database/backup/format.ts';
import { checkpointKeys, loadOrCreateKey, rememberCheckpointKeys } from '../../core/journal/format/checkpoint.ts';
import { catchUp } from '../../core/journal/follow.ts';
import { takeCheckpoint } from '../../core/journal/take-checkpoint.ts';
import { verify } from '../../core/journal/verify.ts';
import type { Application } from '../../core/record/define/work.ts';
import { rollUp } from '../../improvement/measurement/rollup/roll-up.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { backUpInto, restoreFrom } from '../support/backup.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let app: TestApplication;
let folder: string;
let file: string;

beforeAll(async () => {
  app = await createTestApplication();
  folder = mkdtempSync(join(tmpdir(), 'servicewright-backup-'));
  file = join(folder, 'all.gz');
  const customer = await app.customer('Marlowe Grocers');
  const owner = await app.person('Bea\u2028Owner\tof \\. things', ['BOW'], { customer });
  await owner.create('business-requirements', {
    title: 'Slots\nof two hours',
    statement: 'Two \\N hours.',
    trigger: 'market',
  });
  await app.runJob('journal-checkpoint');
  await app.database.ownerPool.query(
    `insert into identity."user" (name, email, "emailVerified") values ('Bea', 'bea@example.org', true);
     insert into identity.session ("expiresAt", token, "updatedAt", "userId") select now(), 'a live token', now(), id from identity."user";
     insert into identity.verification (identifier, value, "expiresAt") values ('x', 'a live proof', now())`,
  );
  await backUpInto(app, file);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await app.close();
});

async function intoEmpty(from: string, believing?: string) {
  const database = await createTestDatabase();
  const restored = await restoreFrom(database, from, app.keysFolder, believing).catch((error: Error) => ({ error }));
  return { database, ...restored };
}

/** What an installation may not gain from a file that is refused. */
async function stand(database: TestDatabase) {
  const { rows } = await database.ownerPool.query(
    `select (select count(*)::int from core.record) as records,
       (select count(*)::int from core.provider) as providers,
       (select string_agg(rolname, ',' order by rolname) from pg_roles where rolname !~ '^pg_') as roles,
       (select count(*)::int from pg_db_role_setting) as settings,
       (select string_agg(schema_name || ':' || schema_owner, ',' order by schema_name) from information_schema.schemata) as schemas`,
  );
  return rows[0];
}

describe('a backup', () => {
  it('restores into an empty installation, where verify finds no difference and work goes on', async () => {
    const { database, ...restored } = await intoEmpty(file);
    expect(restored).toHaveProperty('header');
    if ('header' in restored) rememberCheckpointKeys(folder, restored.header.checkpointKeys);
    const found = await verify(database.ownerPool, app.application.registry, folder);
    expect(found).toMatchObject({ differences: [], records: 4, checkpoints: 1, elsewhere: 1 });
    expect(verdict(found, { quick: true })).toContain('entries of before the last restore');
    const { rows } = await database.appPool.query<{ number: number }>(
      "select nextval('strategy.number_business_requirement')::int as number",
    );
    expect(rows[0]?.number).toBe(2);
    await database.drop();
  });

  it('carries no transaction ids: what follows the journal reads it again, and goes on', async () => {
    await app.settle();
    await rollUp(app.application);
    const steps = 'select sum(moves)::int as moves, count(*)::int as n from improvement.step_day';
    const before = (await app.database.ownerPool.query(steps)).rows;
    // Of a note that waits, and of a cursor far ahead of any transaction of the cluster restored into.
    await app.database.ownerPool.query(
      `insert into core.horizon (seq, transaction) values (1, '9000000000000000000') on conflict (one) do update set transaction = excluded.transaction;
       insert into core.cursor (name, transaction, seq, updated_at) values ('test', '9000000000000000000', 1, now());
       update improvement.cursor set transaction = '9000000000000000000' where name = 'journal'`,
    );
    const later = join(folder, 'later.gz');
    await backUpInto(app, later);
    const { database } = await intoEmpty(later);
    const application: Application = { ...app.application, pool: database.appPool };
    expect((await database.ownerPool.query('select from core.horizon')).rowCount).toBe(0);
    const took: number[] = [];
    const look = async () => {
      await catchUp(application, {
        name: 'test',
        take: async (_application, entries) => void took.push(...entries.map(({ seq }) => seq)),
      });
      return took;
    };
    const { rows: entries } = await database.ownerPool.query<{ seq: number }>(
      'select seq from core.journal order by seq',
    );
    await expect.poll(look, { timeout: 15_000 }).toEqual(entries.map(({ seq }) => seq));
    await rollUp(application);
    expect((await database.ownerPool.query(steps)).rows).toEqual(before);
    const keys = join(folder, 'keys');
    rememberCheckpointKeys(keys, checkpointKeys(app.keysFolder));
    await takeCheckpoint(database.appPool, keys, '2026-03-02T10:00:00.000Z');
    expect((await verify(database.ownerPool, app.application.registry, keys)).differences).toEqual([]);
    await database.drop();
  });

  // Its kind: secrets that stand in a table as they are used: sessions, challenges and one-time links stand hashed, or are left out.
  it('leaves out who is signed in and who is signing in', async () => {
    const text = gunzipSync(readFileSync(file)).toString();
    expect(text).toContain('bea@example.org');
    expect(text).not.toContain('a live');
    const { database } = await intoEmpty(file);
    const { rows } = await database.ownerPool.query(
      'select from identity.session union all select from identity.verification',
    );
    expect(rows).toEqual([]);
    await database.drop();
  });

  it('takes the part of one that was broken off away', async () => {
    const again = join(folder, 'again.gz');
    writeFileSync(`${again}.part`, 'half of it');
    await backUpInto(app, again);
    expect([existsSync(again), existsSync(`${again}.part`)]).toEqual([true, false]);
  });

  it('bears its name only when it is whole, and never writes over another, begun or done', async () => {
    const [taken, failed] = [join(folder, 'taken.gz'), join(folder, 'failed.gz')];
    const answers = await Promise.allSettled([backUpInto(app, taken), backUpInto(app, taken)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'EEXIST' } });
    const whole = readFileSync(taken);
    await expect(backUpInto(app, taken)).rejects.toMatchObject({ code: 'EEXIST', message: /exists already/ });
    expect(readFileSync(taken)).toEqual(whole);
    await expect(backUpInto(app, failed, generateKeyPairSync('x25519'))).rejects.toThrow();
    expect([existsSync(taken), existsSync(failed), existsSync(`${failed}.part`)]).toEqual([true, false, false]);
  });

  it('is refused where records are, and changes nothing there', async () => {
    await expect(restoreFrom(app.database, file, app.keysFolder)).rejects.toThrow(/holds records/);
  });

  // Its kind: what is looked at first and acted on later, with nothing held between. Of a restore that is this look alone: what it
  // empties and fills is in the same transaction.
  it('is refused where somebody wrote the first record while it was looked whether there are any', async () => {
    const database = await createTestDatabase();
    const writer = await database.ownerPool.connect();
    await writer.query('begin');
    await writer.query(
      "insert into core.provider (id, name, kind, created_at) values (gen_random_uuid(), 'Mine', 'internal', now())",
    );
    await writer.query(
      `insert into core.record (provider_id, id, type, number, ref, title, state, stage, version, lineage_id, content_hash, head_hash, created_at, updated_at)
       select id, gen_random_uuid(), 'team', 1, 'T-1', 'First', 'active', 'party', 1, id, 'x', 'x', now(), now() from core.provider`,
    );
    const answer = restoreFrom(database, file, app.keysFolder).then(
      () => 'restored',
      (error: Error) => error.message,
    );
    const isWaiting = async () => {
      const { rows } = await database.ownerPool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    };
    const isOver = answer.then(() => true);
    while (!(await Promise.race([isOver, isWaiting()])));
    await writer.query('commit');
    writer.release();
    expect(await answer).toMatch(/holds records/);
    await database.drop();
  });

  it('of another installation is refused with its fingerprint, and restored by whoever tells it', async () => {
    const stranger = mkdtempSync(join(tmpdir(), 'servicewright-stranger-'));
    const database = await createTestDatabase();
    const fingerprint = (await backUpInto(app, join(folder, 'stranger.gz'))).fingerprint;
    await expect(restoreFrom(database, file, stranger)).rejects.toThrow(
      new RegExp(`signed with the key ${fingerprint}.*--signed-by ${fingerprint}`),
    );
    await expect(restoreFrom(database, file, stranger, '0'.repeat(64))).rejects.toThrow(/does not know/);
    expect(await restoreFrom(database, file, stranger, fingerprint)).toMatchObject({ fingerprint, upgraded: [] });
    await database.drop();
    rmSync(stranger, { recursive: true });
  });

  it('restores into a database that nobody has migrated yet', async () => {
    const database = await createTestDatabase();
    await database.ownerPool.query(
      'drop schema core, handover, strategy, design, transition, operation, improvement, identity cascade',
    );
    expect(await restoreFrom(database, file, app.keysFolder)).toMatchObject({ upgraded: [] });
    expect((await verify(database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
    await database.drop();
  });

  it('of an older version is upgraded as it is restored', async () => {
    const later = join(folder, 'later');
    mkdirSync(later);
    writeFileSync(
      join(later, '0001-later.sql'),
      "alter table core.record add column later text; update core.record set later = 'upgraded ' || ref",
    );
    const folders = [...migrationFolders, { schema: 'later', folder: later }];
    const database = await createTestDatabase();
    await migrate(database.ownerPool, folders);
    expect(await restoreFrom(database, file, app.keysFolder, undefined, folders)).toMatchObject({
      upgraded: ['later/0001-later.sql'],
    });
    const { rows } = await database.ownerPool.query("select later from core.record where ref = 'BR-1'");
    expect(rows).toEqual([{ later: 'upgraded BR-1' }]);
    const [one] = (await database.appPool.query("select has_table_privilege('core.journal', 'update') as rewrites"))
      .rows;
    expect(one).toEqual({ rewrites: false });
    await database.drop();
  });

  it('is filled in by a role that may do nothing else, even where a superuser restores', async () => {
    const client = await app.database.ownerPool.connect();
    await client.query('begin');
    await asPlainRole(client, ['core'], async () => {
      const { rows } = await client.query(
        `select rolsuper as superuser,
           has_table_privilege('core.record', 'insert') as inserts,
           has_table_privilege('core.record', 'select, update, delete, truncate') as does_more,
           has_table_privilege('core.migration', 'insert') as migrates,
           has_table_privilege('pg_catalog.pg_authid', 'insert, select') as makes_roles
         from pg_roles
         where rolname = current_user`,
      );
      expect(rows).toEqual([
        { superuser: false, inserts: true, does_more: false, migrates: false, makes_roles: false },
      ]);
    });
    await client.query('rollback');
    client.release();
  });

  it('is not restored over the schema of somebody else', async () => {
    const database = await createTestDatabase();
    await database.ownerPool.query('drop schema core cascade');
    await expect(restoreFrom(database, file, app.keysFolder)).rejects.toThrow(/somebody else/);
    await database.drop();
  });
});

/** The text of the file without its signature, spoilt and signed anew with a key that is believed: nobody else gets so far. */
function forged(spoil: (text: string) => string, key = loadOrCreateKey(app.keysFolder)): string {
  const text = gunzipSync(readFileSync(file).subarray(0, -sealLength)).toString();
  return written(gzipSync(spoil(text)), key);
}

function written(packed: Buffer, key = loadOrCreateKey(app.keysFolder)): string {
  const spoilt = join(folder, 'spoilt.gz');
  const sha256 = createHash('sha256').update(packed).digest('hex');
  writeFileSync(spoilt, Buffer.concat([packed, sealOf(key, sha256)]));
  return spoilt;
}

/** The header altered as an object. */
const header = (alter: (header: Header) => unknown) => (text: string) => {
  const [first = '', ...rest] = text.split('\n');
  const parsed = JSON.parse(first) as Header;
  return [JSON.stringify(alter(parsed) ?? parsed), ...rest].join('\n');
};
interface Header {
  migrations: [string, string][];
  tables: { name: string; columns: string[] }[];
  sequences: { name: string; value: number }[];
  months: string[];
  checkpointKeys: Record<string, string>;
}

const lastLine = /[^\n]*\n$/;
const roleMay = ['super', 'inherit', 'createrole', 'createdb', 'canlogin', 'replication', 'bypassrls'].map(
  (may) => `rol${may}`,
);
/** A table's rows with the line before and the one after. */
const block = (table: string) => new RegExp(`\\{"table":"${table.replace('.', '\\.')}"\\}\\n[^]*?\\n?\\\\\\.\\n`);

// Its kind: what is read back from a file that others may have written, and the words in which a broken one is refused.
describe('a file that is no backup as one is written', () => {
  let target: TestDatabase;
  let before: unknown;
  beforeAll(async () => {
    target = await createTestDatabase();
    before = await stand(target);
  });
  afterAll(() => target.drop());

  const raw: [string, (bytes: Buffer) => Buffer, RegExp][] = [
    ['empty', () => Buffer.alloc(0), /no backup/],
    ['cut after its first bytes', (bytes) => bytes.subarray(0, 10), /no backup/],
    ['cut in its middle', (bytes) => bytes.subarray(0, bytes.length / 2), /no backup/],
    ['cut by its last bytes', (bytes) => bytes.subarray(0, -4), /no backup/],
    ["another program's", () => Buffer.from('PGDMP\n'.repeat(200)), /no backup/],
    ['without its signature', (bytes) => bytes.subarray(0, -sealLength), /no backup/],
    [
      'flipped by one bit',
      (bytes) => {
        const copy = Buffer.from(bytes);
        copy.writeUInt8(copy.readUInt8(1000) ^ 4, 1000);
        return copy;
      },
      /altered or is damaged/,
    ],
    ['longer than it was', (bytes) => Buffer.concat([Buffer.from('x'), bytes]), /altered or is damaged/],
  ];
  it.each(raw)('because it is %s is refused in one line, and nothing is changed', async (_what, spoil, words) => {
    const spoilt = join(folder, 'spoilt.gz');
    writeFileSync(spoilt, spoil(readFileSync(file)));
    await refused(spoilt, words);
  });

  it('because it is signed by somebody else is not unpacked at all', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const foreign = { publicKey, privateKey, keyId: '', publicKeyPem: '' };
    await refused(
      forged((text) => text, foreign),
      /does not know/,
    );
    await refused(written(Buffer.from('no gzip at all'), foreign), /does not know/);
  });

  // As a trusted key signs it: what is left when an operator was talked into a fingerprint.
  const signed: [string, (text: string) => string, RegExp][] = [
    [
      'it names no table of ours',
      header((h) => void (h.tables[3] = { name: 'pg_catalog.pg_authid', columns: ['rolname'] })),
      /other tables/,
    ],
    [
      'it brings rows of the catalogue',
      (text) => text.replace(lastLine, `{"table":"pg_catalog.pg_authid"}\n1\tmallory\tt\n\\.\n$&`),
      /other rows|goes on/,
    ],
    [
      'it makes a superuser, and lists and counts what it brings',
      (text) =>
        header(
          (h) =>
            void h.tables.push({
              name: 'pg_catalog.pg_authid',
              columns: ['oid', 'rolname', ...roleMay, 'rolconnlimit'],
            }),
        )(text).replace(
          lastLine,
          (counts) =>
            `{"table":"pg_catalog.pg_authid"}\n99999\tmallory\t${'t\t'.repeat(roleMay.length)}-1\n\\.\n${counts.replace(']', ',1]')}`,
        ),
      /other tables/,
    ],
    [
      'it brings rows of the catalogue in place of ours',
      (text) => text.replace('{"table":"core.checkpoint"}', '{"table":"pg_catalog.pg_db_role_setting"}'),
      /does not hold core.checkpoint/,
    ],
    [
      'it names a column with a statement in it',
      header((h) => void h.tables[1]?.columns.push('id) from stdin; drop schema core cascade; --')),
      /other tables/,
    ],
    ['it lists a table less', header((h) => void h.tables.pop()), /other tables/],
    [
      'it lists the table of migrations',
      header((h) => void h.tables.push({ name: 'core.migration', columns: ['name', 'sha256', 'applied_at'] })),
      /other tables/,
    ],
    [
      'it lists the sessions',
      header((h) => void h.tables.push({ name: 'identity.session', columns: ['id'] })),
      /other tables/,
    ],
    ['a table was left out', (text) => text.replace(block('core.record'), ''), /does not hold core.record/],
    ['its last table was left out', (text) => text.replace(block('transition.release'), ''), /does not hold/],
    [
      'rows were left out',
      (text) => text.replace(block('core.journal'), '{"table":"core.journal"}\n\\.\n'),
      /other rows/,
    ],
    ['its counts are none', (text) => text.replace(lastLine, '{"rows":"many"}\n'), /other rows/],
    ['its counts are missing', (text) => text.replace(lastLine, ''), /other rows/],
    ['it goes on after its end', (text) => `${text}more\n`, /goes on/],
    ['it ends in a table', (text) => text.slice(0, text.indexOf('"core.record"}') + 30), /not whole/],
    ['its rows do not fit', (text) => text.replace('{"table":"core.record"}\n', '$&a\tb\n'), /do not fit/],
    [
      'it sets a sequence of another',
      header((h) => void h.sequences.push({ name: 'pgboss.job_seq', value: 1 })),
      /sequence/,
    ],
    [
      'it sets a sequence to a statement',
      header((h) => void h.sequences.push({ name: "core.journal_seq'; drop schema core", value: 1 })),
      /sequence/,
    ],
    [
      'it sets a sequence below one',
      header((h) => void h.sequences.push({ name: 'core.journal_seq', value: 0 })),
      /another version/,
    ],
    [
      'it names a month that is none',
      header((h) => void h.months.push("2026-01-01'; drop schema core")),
      /another version/,
    ],
    [
      'it names ten thousand months',
      header((h) => void (h.months = Array.from({ length: 10_000 }, () => '2026-01-01T00:00:00.000Z'))),
      /another version/,
    ],
    ['its key is none', header((h) => void (h.checkpointKeys['0123456789abcdef'] = 'no key')), /is none/],
    [
      'a key bears the name of another',
      header((h) => void (h.checkpointKeys = { '0123456789abcdef': Object.values(h.checkpointKeys)[0] ?? '' })),
      /is none/,
    ],
    ['its form is unknown', header((h) => ({ ...h, format: 3 })), /another version/],
    ['its form is of before', header((h) => ({ ...h, format: 1 })), /another version/],
    ['it has a key that no header has', header((h) => ({ ...h, run: 'x' })), /another version/],
    ['its header is no JSON', (text) => text.replace('{', '['), /another version/],
    ['it is newer', header((h) => void h.migrations.push(['core/9999-later.sql', 'a'.repeat(64)])), /newer version/],
    [
      'a migration read otherwise',
      header((h) => void (h.migrations[0] = [h.migrations[0]?.[0] ?? '', 'a'.repeat(64)])),
      /never released/,
    ],
    ['it is one line without end', () => 'x'.repeat(80 * 1_048_576), /longer than any/],
    [
      'a row has no end',
      (text) => text.replace('{"table":"core.record"}\n', `$&${'x'.repeat(80 * 1_048_576)}`),
      /longer than any/,
    ],
  ];
  it.each(signed)('because %s is refused in one line, and nothing is changed', async (_what, spoil, words) => {
    await refused(forged(spoil), words);
  });

  it('because it is not packed as gzip is refused in one line', async () => {
    await refused(written(Buffer.from('no gzip at all')), /cannot be unpacked/);
  });

  it('leaves the installation as it was for a whole one', async () => {
    expect(await restoreFrom(target, file, app.keysFolder)).toHaveProperty('header');
    expect((await verify(target.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  });

  async function refused(spoilt: string, words: RegExp) {
    const error = await restoreFrom(target, spoilt, app.keysFolder).catch((fault: unknown) => fault);
    expect(error).toMatchObject({ name: 'BackupRefused', message: expect.stringMatching(words) });
    expect(error instanceof Error && error.message).not.toContain('\n');
    expect(await stand(target)).toEqual(before);
  }
});
