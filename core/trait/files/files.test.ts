import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { backUpInto, restoreFrom } from '../../../test/support/backup.ts';
import { verify } from '../../journal/verify.ts';
import { createTestApplication } from '../../../test/support/application.ts';
import type { TestApplication } from '../../../test/support/application.ts';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { Body, Client } from '../../../test/support/client.ts';
import { takenOver } from '../../../test/support/service.ts';

let app: TestApplication;
let desk: Client;
let user: Client;
let auditor: Client;
let stranger: Client;
let service: string;
let marlow: string;

beforeAll(async () => {
  app = await createTestApplication();
  marlow = await app.customer('Marlow');
  const kestrel = await app.customer('Kestrel');
  desk = await app.person('Dee Desk', ['SDK']);
  user = await app.person('Uma User', ['USR'], { customer: marlow });
  stranger = await app.person('Kim Other', ['USR'], { customer: kestrel });
  auditor = await app.person('Aud Itor', ['AUD']);
  const owner = await app.person('Sol Owner', ['SOW']);
  service = (await takenOver(owner, { title: 'Tills', customers: [marlow] })).id;
});
afterAll(() => app.close());
afterEach(() => {
  delete app.application.limits;
});

const mebibyte = 1_048_576;
/** Bytes that repeat nothing soon, the same each time. */
const bytesOf = (size: number) =>
  Buffer.from(Array.from({ length: size }, (_, index) => (index * 7919 + (index >> 8)) % 251));
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const logged = async (): Promise<string> =>
  (await desk.create('incidents', { title: 'The till prints nothing', customers: [marlow], service })).id;
const give = (by: Client, id: string, query: Record<string, string>, bytes: Buffer, headers = {}) =>
  by.upload(`/incidents/${id}/files?${new URLSearchParams(query)}`, bytes, headers);
const filesOf = async (by: Client, id: string): Promise<Body[]> => (await by.get(`/incidents/${id}/files`)).body.items;
const codesOf = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: { code: string }) => code);
const journalOf = async (by: Client, id: string): Promise<Body[]> =>
  (await by.get(`/records/${id}/journal`)).body.items;
const differences = async () =>
  (await verify(app.database.appPool, app.application.registry, app.keysFolder)).differences.map(({ what }) => what);

describe('files of a record', () => {
  it('are not given, read or removed by who does not see the record, or is not signed in', async () => {
    const id = await logged();
    const { body: file } = await give(desk, id, { name: 'log.txt' }, Buffer.from('x'));
    const answers = [
      await give(stranger, id, { name: 'a.txt' }, Buffer.from('x')),
      await stranger.get(`/incidents/${id}/files`),
      await stranger.get(`/incidents/${id}/files/${file.id}`),
      await stranger.post(`/incidents/${id}/files/${file.id}/removal`, { reason: 'x' }),
      await give(app.stranger, id, { name: 'a.txt' }, Buffer.from('x')),
      await app.stranger.get(`/incidents/${id}/files/${file.id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 401, 401]);
  });

  it('come back byte for byte, over several rows, and the act left one entry with size and hash', async () => {
    const id = await logged();
    const bytes = bytesOf(2 * mebibyte + 17);
    const given = await give(user, id, { name: 'dump.bin', type: 'text/plain' }, bytes);
    expect([given.status, given.body.size, given.body.sha256]).toEqual([201, bytes.length, sha256(bytes)]);
    expect([given.body.kind, given.body.declared, given.body.by]).toEqual([null, 'text/plain', user.id]);
    const read = await desk.bytes(`/incidents/${id}/files/${given.body.id}`);
    expect(read.bytes.equals(bytes)).toBe(true);
    const [entry] = await journalOf(desk, id);
    const told = { id: given.body.id, size: bytes.length, sha256: sha256(bytes), audience: 'public', gone: null };
    expect([entry.kind, entry.edits['_files']]).toEqual(['noted', [expect.objectContaining(told)]]);
    expect(JSON.stringify(entry)).not.toContain('dump.bin');
  });

  it('are saved and never opened as a page; a picture is known by its bytes alone', async () => {
    const id = await logged();
    const page = await give(desk, id, { name: 'x.png', type: 'image/png' }, Buffer.from('<html><script>1</script>'));
    const picture = await give(desk, id, { name: 'Prüfung.html', type: 'text/html' }, png);
    const headersOf = async ({ body }: { body: Body }) => {
      const { headers } = await user.bytes(`/incidents/${id}/files/${body.id}`);
      const named = ['content-type', 'x-content-type-options', 'content-security-policy', 'content-disposition'];
      return named.map((name) => headers[name]);
    };
    const guarded = ['nosniff', "sandbox; default-src 'none'"];
    expect(await headersOf(page)).toEqual([
      'application/octet-stream',
      ...guarded,
      `attachment; filename="x.png"; filename*=UTF-8''x.png`,
    ]);
    expect(await headersOf(picture)).toEqual([
      'image/png',
      ...guarded,
      `attachment; filename="Pr_fung.html"; filename*=UTF-8''Pr%C3%BCfung.html`,
    ]);
  });

  it('are refused empty, larger than is taken, too many, of a name that is none, and as anything but bytes', async () => {
    const id = await logged();
    app.application.limits = { fileBytes: 10, filesOnRecord: 2 };
    const answers = [
      await give(desk, id, { name: 'a' }, Buffer.alloc(0)),
      await give(desk, id, { name: 'a' }, bytesOf(11)),
      await give(desk, id, { name: '../a' }, bytesOf(1)),
      await give(desk, id, { name: 'a'.repeat(201) }, bytesOf(1)),
      await desk.post(`/incidents/${id}/files?name=a`, { bytes: 'x' }),
      await give(desk, id, { name: 'a' }, bytesOf(10)),
      await give(desk, id, { name: 'a' }, bytesOf(1)),
      await give(desk, id, { name: 'a' }, bytesOf(1)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 413, 422, 422, 415, 201, 201, 409]);
    expect([answers[0], answers[1], answers[7]].map((each) => each && codesOf(each))).toEqual([
      ['bytes.empty'],
      ['bytes.too-large'],
      ['file.too-many'],
    ]);
  });

  it('leave no trace for customers where they are internal', async () => {
    const id = await logged();
    expect(codesOf(await give(user, id, { name: 'a', audience: 'internal' }, bytesOf(1)))).toEqual(['file.audience']);
    const lastEdit = async (): Promise<string> => (await user.get(`/incidents/${id}`)).body.record.updatedAt;
    const before = await lastEdit();
    app.clock.set(new Date(app.clock.now() + 60_000).toISOString());
    const { body: file } = await give(desk, id, { name: 'secret.txt', audience: 'internal' }, bytesOf(9));
    expect(await filesOf(user, id)).toEqual([]);
    expect((await filesOf(auditor, id)).map(({ name }) => name)).toEqual(['secret.txt']);
    expect((await user.get(`/incidents/${id}/files/${file.id}`)).status).toBe(404);
    await desk.post(`/incidents/${id}/files/${file.id}/removal`, { reason: 'Not for this case.' });
    expect((await journalOf(user, id)).map(({ kind }) => kind)).toEqual(['created']);
    expect((await journalOf(desk, id)).map(({ kind }) => kind)).toEqual(['noted', 'noted', 'created']);
    expect(await lastEdit()).toBe(before);
    const asOf = new Date(app.clock.now()).toISOString();
    expect((await user.get(`/incidents/${id}?asOf=${asOf}`)).body.record.updatedAt).toBe(before);
    await give(desk, id, { name: 'open.txt' }, bytesOf(2));
    expect(await lastEdit()).toBe(asOf);
  });

  it('are given once under one key, which takes no other bytes', async () => {
    const id = await logged();
    const key = { 'idempotency-key': randomUUID() };
    const first = await give(desk, id, { name: 'a' }, bytesOf(5), key);
    const again = await give(desk, id, { name: 'a' }, bytesOf(5), key);
    expect(again.body).toEqual(first.body);
    expect(codesOf(await give(desk, id, { name: 'a' }, bytesOf(6), key))).toEqual(['idempotency.reused']);
    expect(await filesOf(desk, id)).toHaveLength(1);
  });

  it('are removed by their giver or the provider, with a reason: the bytes go, name and hash stay', async () => {
    const id = await logged();
    const { body: ours } = await give(desk, id, { name: 'ours.txt' }, bytesOf(3));
    const { body: theirs } = await give(user, id, { name: 'theirs.txt' }, bytesOf(4));
    const remove = (by: Client, file: string, reason = 'Holds a password.') =>
      by.post(`/incidents/${id}/files/${file}/removal`, { reason });
    expect(codesOf(await remove(user, ours.id))).toEqual(['file.not-yours']);
    expect((await remove(desk, ours.id, ' ')).status).toBe(422);
    expect((await remove(user, theirs.id)).status).toBe(200);
    expect(codesOf(await remove(desk, theirs.id))).toEqual(['file.gone']);
    expect(codesOf(await desk.get(`/incidents/${id}/files/${theirs.id}`))).toEqual(['file.gone']);
    expect((await filesOf(desk, id)).map(({ name, sha256: hash, gone }) => [name, hash, gone?.how])).toEqual([
      ['ours.txt', sha256(bytesOf(3)), undefined],
      ['theirs.txt', sha256(bytesOf(4)), 'removed'],
    ]);
    expect((await journalOf(desk, id))[0].reason).toBe('Holds a password.');
    const { rows } = await app.database.ownerPool.query('select from core.file_chunk where file_id = $1', [theirs.id]);
    expect([rows.length, await differences()]).toEqual([0, []]);
  });

  it('leave the version that an editor must name', async () => {
    const id = await logged();
    const { version } = (await desk.get(`/incidents/${id}`)).body.record;
    await give(user, id, { name: 'a' }, bytesOf(1));
    expect((await desk.get(`/incidents/${id}`)).body.record.version).toBe(version);
  });

  it('go with the person who gave them: name and bytes', async () => {
    const id = await logged();
    const leaver = await app.person('Lee Leaver', ['USR'], { customer: marlow });
    const { body: file } = await give(leaver, id, { name: 'my diary.txt' }, bytesOf(8));
    const { body: kept } = await give(user, id, { name: 'kept.txt' }, bytesOf(2));
    const keeper = await app.person('Cy Keeper', ['CAD'], { customer: marlow });
    expect((await keeper.post(`/people/${leaver.id}/erasure`, { reason: 'Asked to be forgotten.' })).body).toEqual({
      id: leaver.id,
    });
    expect((await filesOf(desk, id)).map(({ name, gone }) => [name, gone?.how])).toEqual([
      [null, 'erased'],
      ['kept.txt', undefined],
    ]);
    expect((await desk.get(`/incidents/${id}/files/${file.id}`)).status).toBe(409);
    expect((await desk.bytes(`/incidents/${id}/files/${kept.id}`)).status).toBe(200);
    expect(await differences()).toEqual([]);
  });

  it('are proven by verify: one bit in one row is named by the file', async () => {
    const id = await logged();
    const { body: file } = await give(desk, id, { name: 'big.bin' }, bytesOf(mebibyte + 5));
    expect(await differences()).toEqual([]);
    const damage = (sql: string) => app.database.ownerPool.query(sql, [file.id]);
    const flip =
      'update core.file_chunk set bytes = set_bit(bytes, 3, 1 - get_bit(bytes, 3)) where file_id = $1 and number = 1';
    await damage(flip);
    expect(await differences()).toEqual([`file ${file.id} was altered`]);
    await damage(flip);
    await damage("update core.file set sha256 = repeat('0', 64) where id = $1");
    expect(await differences()).toEqual([`file ${file.id} was altered`]);
    await app.database.ownerPool.query('update core.file set sha256 = $2 where id = $1', [file.id, file.sha256]);
    expect(await differences()).toEqual([]);
  });

  it('are in a backup, and come back from it', async () => {
    const id = await logged();
    const bytes = bytesOf(mebibyte + 3);
    const { body: file } = await give(desk, id, { name: 'kept.bin' }, bytes);
    const folder = mkdtempSync(join(tmpdir(), 'servicewright-backup-'));
    const target = await createTestDatabase();
    try {
      await backUpInto(app, join(folder, 'backup.gz'));
      await restoreFrom(target, join(folder, 'backup.gz'), app.keysFolder);
      const { rows } = await target.ownerPool.query(
        "select string_agg(bytes, ''::bytea order by number) as bytes from core.file_chunk where file_id = $1",
        [file.id],
      );
      expect(bytes.equals(rows[0].bytes)).toBe(true);
    } finally {
      await target.drop();
      rmSync(folder, { recursive: true });
    }
  });
});
