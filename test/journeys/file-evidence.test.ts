import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { agreedRequirement, castOf } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';

let app: TestApplication;
let cast: Cast;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
});
afterAll(() => app.close());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const give = async (by: Client, at: string, text: string, audience = 'public'): Promise<string> =>
  (await by.upload(`/${at}/files?name=paper.txt&audience=${audience}`, Buffer.from(text))).body.id;
const need = { statement: 'Collect within two hours.', trigger: 'market' };
const required = async (by = cast.owner): Promise<string> =>
  (await by.create('business-requirements', { title: 'Slots', ...need, customers: [cast.customer] })).id;
const attest = (by: Client, of: string, more: object) =>
  by.post(`/records/${of}/attestations`, {
    gate: 'G1',
    title: 'Board paper',
    statement: 'As read on 2 March.',
    ...more,
  });
const gateOf = async (of: string): Promise<Body> => (await cast.owner.get(`/gates/G1/${of}`)).body;
const codesOf = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: { code: string }) => code);
const differences = async () =>
  (await verify(app.database.appPool, app.application.registry, app.keysFolder)).differences.map(({ what }) => what);

describe('a file as evidence', () => {
  it('is not one that the other side cannot read, that is gone, or that another record holds', async () => {
    const [id, other] = [await required(), await required()];
    const internal = await give(cast.portfolio, `business-requirements/${id}`, 'x', 'internal');
    const elsewhere = await give(cast.owner, `business-requirements/${other}`, 'x');
    const removed = await give(cast.owner, `business-requirements/${id}`, 'y');
    await cast.owner.post(`/business-requirements/${id}/files/${removed}/removal`, { reason: 'Wrong one.' });
    const codes = [];
    for (const file of [internal, elsewhere, removed]) codes.push(codesOf(await attest(cast.portfolio, id, { file })));
    expect(codes).toEqual([['file.internal-evidence'], ['record.not-found'], ['file.gone-evidence']]);
    const file = await give(cast.owner, `business-requirements/${id}`, 'z');
    expect(codesOf(await attest(cast.owner, id, { file, fileHash: sha256('z') }))).toEqual(['attest.file']);
  });

  it('tells another customer, who gives the same bytes, nothing of what was attested', async () => {
    const elsewhere = await app.customer('Tidewater Quay');
    const far = await app.person('Fay Far', ['BOW'], { customer: elsewhere });
    const customers = [cast.customer, elsewhere];
    const { id } = await cast.relations.create('business-requirements', { title: 'Slots', ...need, customers });
    const path = `/business-requirements/${id}/files`;
    const file = await give(cast.owner, `business-requirements/${id}`, 'same bytes');
    await attest(cast.owner, id, { file });
    const own = await give(far, `business-requirements/${id}`, 'same bytes');
    expect((await far.get(path)).body.items).toMatchObject([{ id: own, isEvidence: false }]);
    expect((await far.post(`${path}/${own}/removal`, { reason: 'Wrong one.' })).status).toBe(200);
    expect(codesOf(await cast.owner.post(`${path}/${file}/removal`, { reason: 'x' }))).toEqual(['file.is-evidence']);
  });

  it('binds the gate to its bytes, and stays: with its giver gone it has no name and can still be read', async () => {
    const leaver = await app.person('Lee Leaver', ['BOW'], { customer: cast.customer });
    const id = await required();
    const before = (await gateOf(id)).evidenceHash;
    const file = await give(leaver, `business-requirements/${id}`, 'the paper');
    const attested = await attest(cast.owner, id, { file });
    expect([attested.status, attested.body.fileHash, attested.body.fileName]).toEqual([201, sha256('the paper'), null]);
    const gate = await gateOf(id);
    expect(gate.evidenceHash).not.toBe(before);
    expect(gate.evidence.map(({ grade, fileHash }: Body) => [grade, fileHash])).toEqual([
      ['attested', sha256('the paper')],
    ]);
    const removal = await leaver.post(`/business-requirements/${id}/files/${file}/removal`, { reason: 'Mine.' });
    expect(codesOf(removal)).toEqual(['file.is-evidence']);
    const keeper = await app.person('Cy Keeper', ['CAD'], { customer: cast.customer });
    const erased = await keeper.post(`/people/${leaver.id}/erasure`, { reason: 'Asked to be forgotten.' });
    expect(erased.status).toBe(200);
    const [kept] = (await cast.owner.get(`/business-requirements/${id}/files`)).body.items;
    expect([kept.name, kept.gone, kept.isEvidence]).toEqual([null, null, true]);
    const { bytes } = await cast.owner.bytes(`/business-requirements/${id}/files/${file}`);
    expect([String(bytes), (await gateOf(id)).evidenceHash]).toEqual(['the paper', gate.evidenceHash]);
    expect(await differences()).toEqual([]);
  });

  it('may lie elsewhere, told by name and hash as before', async () => {
    const id = await required();
    await attest(cast.owner, id, { fileName: 'minutes.pdf', fileHash: sha256('minutes') });
    const [piece] = (await gateOf(id)).evidence;
    expect([piece.fileName, piece.fileHash]).toEqual(['minutes.pdf', sha256('minutes')]);
  });

  it('is stated for an item of a checklist, whose record has another content with another file', async () => {
    const { id: requirement } = await agreedRequirement(cast);
    const { id } = await cast.relations.create('service-packages', { title: 'Slot promise', requirement });
    const read = async (): Promise<Body> => (await cast.portfolio.get(`/service-packages/${id}`)).body;
    const [{ item }] = (await read()).checklist;
    const hashes = [(await read()).record.contentHash];
    for (const text of ['plan', 'better plan']) {
      const file = await give(cast.portfolio, `service-packages/${id}`, text);
      await cast.portfolio.item('service-packages', id, item, { file });
      const { record, checklist } = await read();
      expect([checklist[0].fileHash, checklist[0].state]).toEqual([sha256(text), 'drafted']);
      hashes.push(record.contentHash);
    }
    // Who accepts alters nothing of what was stated.
    const other = await give(cast.relations, `service-packages/${id}`, 'another plan');
    await cast.relations.item('service-packages', id, item, { accept: true, file: other }).catch(() => undefined);
    expect((await read()).checklist[0].fileHash).toBe(sha256('better plan'));
    await cast.portfolio.item('service-packages', id, item, { file: null });
    const after = await read();
    expect([after.checklist[0].fileHash, after.checklist[0].state]).toEqual([null, 'missing']);
    expect(new Set(hashes).size).toBe(3);
    expect(after.record.contentHash).toBe(hashes[0]);
    expect(await differences()).toEqual([]);
  });
});
