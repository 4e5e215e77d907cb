// Every endpoint x seventeen kinds of people x records of one's own, shared ones, those of another customer and the provider's own:
// who reads what, who may alter what. Generated from the endpoints and the record types, so that what is added is covered.
// What may be seen is worked out here from the audiences alone, not by the program's own scope.
// A sample here; all of it with MATRIX=whole, as `npm run wide` does.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { canonical } from '../../core/journal/format/hash.ts';
import { roles } from '../../handover/roles.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Answer, Client } from '../support/client.ts';
import { fitting } from '../support/from-schema.ts';
import type { Schema, Source } from '../support/from-schema.ts';
import { plant, valueOfField } from '../support/planted.ts';
import type { Audience, Planted } from '../support/planted.ts';

const whole = process.env['MATRIX'] === 'whole';
const seed = Number(process.env['MATRIX_SEED'] ?? 20_261_126);

type Sees = readonly Audience[];
const all: Sees = ['own', 'shared', 'foreign', 'internal'];
const nearby: Sees = ['own', 'shared'];
const farther: Sees = ['foreign', 'shared'];

interface Reader {
  name: string;
  client: Client;
  sees: Sees;
  /** Words and ids of the other customer's facet of what both share. */
  facet: 'near' | 'far' | 'both';
}

let app: TestApplication;
let readers: Reader[];
let records: Planted[];
let left: string[];
/** What has an address of its own and is no record: links, conditions, shares; `type` is the first part of the address. */
const apart: Planted[] = [];
/** What each side said on shared records, and who it is. */
const facets = { near: new Set<string>(), far: new Set<string>(), internal: new Set<string>() };
let document: { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } };

interface Operation {
  operationId: string;
  requestBody?: { content: { 'application/json'?: { schema: Schema } } };
}

const rolesOf = (side: string): string[] =>
  [...roles.values()].flatMap((role) => (role.side === side ? [role.code] : []));

interface People {
  one: string;
  other: string;
  near: Client;
  far: Client;
  desk: Client;
  keeper: Client;
}
let people: People;

beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
  const [one, other] = [await app.customer('Marlowe Grocers'), await app.customer('Tidewater Quay')];
  const of = { customer: one };
  const person = app.person;
  const near = await person('Near Owner', ['BOW'], of);
  const far = await person('Far Sponsor', ['BEX'], { customer: other });
  const desk = await person('Desk', ['SDK']);
  const keeper = await person('Keeper', ['SOW']);
  const suspended = await person('Near Suspended', ['BOW'], of);
  const expired = { ...of, validTo: '2026-03-01T00:00:00.000Z' };
  readers = [
    { name: 'anonymous', client: app.stranger, sees: [], facet: 'near' },
    { name: 'USR of A', client: await person('Near User', ['USR'], of), sees: nearby, facet: 'near' },
    { name: 'BEX of A', client: await person('Near Sponsor', ['BEX'], of), sees: nearby, facet: 'near' },
    { name: 'BOW of A', client: near, sees: nearby, facet: 'near' },
    { name: 'CAD of A', client: await person('Near Admin', ['CAD'], of), sees: nearby, facet: 'near' },
    { name: 'expired of A', client: await person('Near Expired', ['BEX'], expired), sees: [], facet: 'near' },
    { name: 'suspended of A', client: suspended, sees: [], facet: 'near' },
    {
      name: 'read key of A',
      client: await person('Near Reads', ['BEX'], { ...of, scopes: ['read'] }),
      sees: nearby,
      facet: 'near',
    },
    {
      name: 'write key of A',
      client: await person('Near Writes', ['BOW'], { ...of, scopes: ['read', 'write'] }),
      sees: nearby,
      facet: 'near',
    },
    { name: 'BEX of B', client: far, sees: farther, facet: 'far' },
    { name: 'USR of B', client: await person('Far User', ['USR'], { customer: other }), sees: farther, facet: 'far' },
    { name: 'provider without a role', client: await person('Idle', []), sees: [], facet: 'near' },
    { name: 'SDK', client: desk, sees: all, facet: 'both' },
    { name: 'SOW', client: keeper, sees: all, facet: 'both' },
    { name: 'ADM', client: await person('Admin', ['ADM']), sees: all, facet: 'both' },
    { name: 'AUD', client: await person('Auditor', ['AUD']), sees: all, facet: 'both' },
    { name: 'supplier', client: await person('Supplier', ['SUPX']), sees: [], facet: 'near' },
    // Whoever may: of a write that nobody could make nothing is learnt.
    { name: 'every role of A', client: await person('Near All', rolesOf('B'), of), sees: nearby, facet: 'near' },
    { name: 'every role of P', client: await person('All', rolesOf('P')), sees: all, facet: 'both' },
  ];
  people = { one, other, near, far, desk, keeper };
  await app.database.ownerPool.query(`update core.person set state = 'suspended' where id = $1`, [suspended.id]);
  const common = { near: near.id, far: far.id };
  const first = await plantAll({
    own: { customers: [one], person: common.near, customer: one },
    shared: { customers: [one, other], person: desk.id, customer: one },
  });
  records = first.made;
  left = first.left;
  document = (await app.stranger.get('/openapi.json')).body;
}, 120_000);
afterAll(() => app.close());

interface Placed {
  customers: string[];
  person: string;
  customer: string | null;
}

/** What names another record names a shared one where there is one: so that sums by service have all of them in one place. */
async function plantAll(
  audiences: Partial<Record<Audience, Placed>>,
  standing: readonly Planted[] = [],
): Promise<{ made: Planted[]; left: string[] }> {
  const found: Planted[] = [];
  const missing: string[] = [];
  for (const [audience, placed] of Object.entries(audiences)) {
    const beside = standing.filter((each) => each.audience === 'shared');
    const ground = { ...placed, audience: audience as Audience, colleague: people.keeper.id, beside }; // the keys are audiences
    const { made, left: without } = await plant(app, ground);
    found.push(...made);
    missing.push(...without.map((each) => `${audience} ${each}`));
  }
  return { made: found, left: missing };
}

const isApart = ({ operationId, path, givesBytes, takesBytes, public: open }: Endpoint): boolean =>
  open === true ||
  operationId === 'live.entries' ||
  path.startsWith('/demo') ||
  takesBytes !== undefined ||
  givesBytes === true;

/** The addresses at which an endpoint reads one record, or its one address where it names none. */
function addresses({ path }: Endpoint, of: readonly Planted[]): { url: string; record: Planted | undefined }[] {
  if (!path.includes('{')) return [{ url: path, record: undefined }];
  const [place = ''] = path.split('/').filter(Boolean);
  const things = apart.filter(({ type }) => type === place);
  if (things.length) return things.map((record) => ({ url: path.replace('{id}', record.id), record }));
  const type = [...app.application.registry.records.values()].find(({ definition }) =>
    path.startsWith(`/${definition.path}/`),
  )?.definition.type;
  return of
    .filter((each) => type === undefined || each.type === type)
    .map((record) => ({
      url: path
        .replace('{id}', record.id)
        .replace('{gate}', gateOf(record))
        .replace('{item}', itemOf(record))
        .replace(/\{\w+\}/g, record.id),
      record,
    }));
}

const definitionOf = ({ type }: Planted) => app.application.registry.records.get(type)?.definition;

/** A gate at which records of its type are decided; where there is none, one at which they are not. */
const gateOf = (record: Planted): string =>
  Object.values(definitionOf(record)?.lifecycle.moves ?? {}).find(({ gate }) => gate)?.gate ?? 'G1';

function itemOf(record: Planted): string {
  const checklist = app.application.registry.checklists.get(definitionOf(record)?.checklist ?? '');
  return checklist?.items[0]?.id ?? 'X-01';
}

/** What stands in an answer and must not: what is hidden from its reader, unless the reader named it. */
function leaksIn(text: string, reader: Reader, sent: string): string[] {
  const leaks: string[] = [];
  for (const { id, ref, word, audience, type } of [...records, ...apart]) {
    if (reader.sees.includes(audience)) continue;
    // Of people and teams of the provider everybody knows.
    if (audience === 'internal' && (type === 'person' || type === 'team')) continue;
    for (const [what, value] of [
      ['id', id],
      ['ref', ref],
      ['word', word],
    ] as const)
      if (value && !sent.includes(value) && new RegExp(`\\b${value}\\b`).test(text))
        leaks.push(`${what} of ${audience} ${type}`);
  }
  const foreign = { near: facets.far, far: facets.near, both: new Set<string>() }[reader.facet];
  const internal = reader.facet === 'both' ? new Set<string>() : facets.internal;
  for (const secret of [...foreign, ...internal])
    if (text.includes(secret) && !sent.includes(secret)) leaks.push(secret);
  return leaks;
}

/** Keys in order: names come as the database gives them. */
const asText = ({ status, body }: Answer): string => `${status} ${canonical(body ?? null)}`;

/** Where two answers part, with a little around it. */
function parting(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
  return `\n  was ${around(one)}\n  is  ${around(other)}`;
}
const reading = () => app.endpoints.filter((each) => each.method === 'GET' && !isApart(each));
const writing = (reader: Reader) =>
  app.endpoints
    .filter((each) => each.method !== 'GET' && !isApart(each))
    // Of what the provider shares with a customer the audience would be another from then on.
    .filter(({ operationId }) => operationId !== 'share.ask' || reader.facet !== 'both');

/** Every how many of some: in the sample others each time a reader comes, so that all addresses are read by somebody. */
const sampled = <T>(of: readonly T[], by: number, offset: number): T[] =>
  whole || of.length === 1 ? [...of] : of.filter((_, index) => index % by === offset % by);

/** An answer without what moves with time and version of what is shared. */
const settled = (text: string): string =>
  text.replace(/"(version|updatedAt|contentHash|now|at|subjectHash|previousHash|hash)":("[^"]*"|\d+|null)/g, '"$1":0');

it('plants a record of every type', () => {
  expect(left).toEqual([]);
});

describe('what another customer and the provider do', () => {
  it('alters nothing of what somebody reads who shares in none of it: no count, no figure, no order', async () => {
    const reader = readers.find(({ name }) => name === 'BEX of A');
    if (!reader) throw new Error('the sponsor is there');
    const urls = reading().flatMap((endpoint) => addresses(endpoint, records).map(({ url }) => url));
    await catchUp();
    const before = new Map<string, string>();
    for (const url of sampled(urls, 2, seed)) before.set(url, settled(asText(await reader.client.get(url))));
    const { one, other, far, desk } = people;
    const more = await plantAll(
      {
        foreign: { customers: [other], person: far.id, customer: other },
        internal: { customers: [], person: desk.id, customer: await app.customer('Kestrel') },
      },
      records,
    );
    expect([more.left, one === other]).toEqual([[], false]);
    records.push(...more.made);
    await catchUp();
    const altered: string[] = [];
    for (const [url, text] of before) {
      const now = settled(asText(await reader.client.get(url)));
      if (now !== text) altered.push(`${url}${parting(text, now)}`);
    }
    expect(altered).toEqual([]);
  }, 120_000);
});

/** All that follows the journal, and all that is computed by the clock. */
async function catchUp(): Promise<void> {
  await app.settle();
  for (const name of ['measurement-rollup', 'incident-summaries', 'clocks', 'measurement-detections'])
    await app.runJob(name);
}

describe('nobody reads', () => {
  it('a word, id or reference of what is hidden, nor of the other facet of what is shared', async () => {
    await sayOnShared();
    const leaks = new Set<string>();
    let calls = 0;
    for (const [place, reader] of readers.entries()) {
      if (reader.facet === 'both') continue;
      for (const endpoint of reading())
        for (const { url } of sampled(addresses(endpoint, records), 5, place)) {
          calls += 1;
          for (const leak of leaksIn(asText(await reader.client.get(url)), reader, url))
            leaks.add(`${endpoint.operationId} tells ${reader.name} ${leak}`);
        }
    }
    console.log(`${calls} reads`);
    expect([...leaks].toSorted()).toEqual([]);
  }, 3_600_000);

  it('more of a hidden record than of one that there is not', async () => {
    const told = new Set<string>();
    for (const reader of readers.filter(({ facet }) => facet !== 'both'))
      for (const endpoint of reading().filter(({ path }) => path.includes('{id}')))
        for (const { url, record } of sampled(addresses(endpoint, records), 7, seed)) {
          if (!record || reader.sees.includes(record.audience) || record.type === 'customer') continue;
          if (record.audience === 'internal' && ['person', 'team'].includes(record.type)) continue;
          const unknown = '01a00000-0000-7000-8000-00000000abcd';
          const [hidden, none] = [
            await reader.client.get(url),
            await reader.client.get(url.replaceAll(record.id, unknown)),
          ];
          if (asText(hidden).replaceAll(record.id, '') !== asText(none).replaceAll(unknown, ''))
            told.add(`${endpoint.operationId} for ${reader.name}: ${asText(hidden).slice(0, 200)}`);
        }
    expect([...told]).toEqual([]);
  }, 3_600_000);
});

describe('nobody alters', () => {
  it('what is hidden, and no refusal tells of it', async () => {
    const tries = new Map<string, { tried: number; done: number }>();
    const tallies = { may: 0, done: 0 };
    const wrong = new Set<string>();
    for (const [place, reader] of readers.entries())
      for (const endpoint of writing(reader))
        for (const { url, record } of sampled(addresses(endpoint, records), 16, place)) {
          const isHidden = record !== undefined && !reader.sees.includes(record.audience);
          // Who consents widens the audience, as is proven elsewhere.
          if (endpoint.operationId === 'share.answer' && !isHidden) continue;
          if (record && !isHidden) await broughtTo(endpoint, record);
          const body = await bodyOf(reader, endpoint, record);
          const answer = await write(reader, endpoint, { url, body });
          const of = tries.get(endpoint.operationId) ?? { tried: 0, done: 0 };
          tries.set(endpoint.operationId, { tried: of.tried + 1, done: of.done + Number(answer.status < 300) });
          tallies.may += Number(![401, 403, 404].includes(answer.status));
          tallies.done += Number(answer.status < 300);
          if (isHidden && answer.status < 300)
            wrong.add(`${endpoint.operationId} by ${reader.name} on ${record.audience}`);
          if (answer.status >= 500) wrong.add(`${endpoint.operationId} answers ${answer.status}`);
          for (const leak of reader.facet === 'both' ? [] : leaksIn(asText(answer), reader, url + JSON.stringify(body)))
            wrong.add(`${endpoint.operationId} tells ${reader.name} ${leak}`);
        }
    const count = [...tries.values()].reduce((sum, { tried }) => sum + tried, 0);
    const done = [...tries.values()].filter((each) => each.done > 0).length;
    console.log(
      `${count} writes; of ${tries.size} operations ${done} were carried out by somebody; of ${tallies.may} by who may, ${tallies.done}`,
    );
    expect([...wrong].toSorted()).toEqual([]);
    expect(await actedOnHidden()).toEqual([]);
  }, 3_600_000);
});

/** Whatever was answered: no entry of somebody's on a record that was hidden from them. */
async function actedOnHidden(): Promise<string[]> {
  const found: string[] = [];
  for (const { name, client, sees } of readers) {
    const hidden = records.filter(({ audience }) => !sees.includes(audience)).map(({ id }) => id);
    const { rows } = await app.database.ownerPool.query<{ type: string }>(
      'select distinct record_type as type from core.journal where actor_id = $1::uuid and record_id = any($2::uuid[])',
      [client.id || null, hidden],
    );
    found.push(...rows.map(({ type }) => `${name} acted on a hidden ${type}`));
  }
  return found;
}

const write = (
  { client }: Reader,
  { method }: Endpoint,
  { url, body }: { url: string; body: object },
): Promise<Answer> => (method === 'PATCH' ? client.patch(url, body) : client.post(url, body));

/**
 * A body that means something: what the operation's schema requires, and of a record's fields what each may hold, with ids of
 * records that the caller sees and the version at which the subject stands. Every other time, anything that the schema takes.
 */
async function bodyOf(reader: Reader, endpoint: Endpoint, record: Planted | undefined): Promise<object> {
  const described = document.paths[`/api/v1${endpoint.path}`] ?? document.paths[endpoint.path];
  const schema = described?.[endpoint.method.toLowerCase()]?.requestBody?.content['application/json']?.schema;
  if (!schema) return {};
  const seen = records.filter(({ audience }) => reader.sees.includes(audience));
  const known = seen.length ? seen : records;
  const type = endpoint.writes?.type ?? record?.type ?? '';
  const fields = app.application.registry.records.get(type)?.definition.fields ?? {};
  const source = {
    schemas: document.components.schemas,
    ids: known.map(({ id }) => id),
    of: (wantedType: string) => known.find((each) => each.type === wantedType)?.id,
  };
  const parts = schema.properties ?? {};
  const wanted = endpoint.writes?.creates ? Object.keys(parts) : (schema.required ?? []);
  const asked = new Set([...wanted, ...Object.keys(fields).filter((name) => name in parts && !endpoint.writes?.edits)]);
  const body: Record<string, unknown> = {};
  for (const name of ['reason', 'reasonCode', 'title']) if (name in parts) asked.add(name);
  for (const name of asked) {
    const field = fields[name];
    if (never.has(`${endpoint.operationId} ${name}`)) continue;
    const value = field
      ? valueOfField(name, field, { word: 'zqwritten', ground: groundOf(reader), known })
      : plainly(name, parts[name] ?? {}, reader, source);
    if (value !== undefined) body[name] = value;
  }
  if ('expectedVersion' in parts && record) body['expectedVersion'] = await versionOf(record.id);
  if ('evidenceHash' in parts && record)
    body['evidenceHash'] = (await reader.client.get(`/gates/G1/${record.id}`)).body?.evidenceHash ?? '0'.repeat(64);
  return body;
}

/** What is told when it has come, and not when the record is made. */
const never: ReadonlySet<string> = new Set(['improvement.create implementedOn', 'improvement.create afterSeries']);

/** What is no field of a record's: the first that its schema allows. */
function plainly(
  name: string,
  schema: Schema,
  reader: Reader,
  source: Source & { of: (type: string) => string | undefined },
): unknown {
  if (name === 'title' || name === 'reason') return 'It is so.';
  // Of several ways to decide the one that leads nowhere; of several roles and links one that anybody may have.
  if (name === 'outcome') return 'defer';
  if (name === 'type') return 'relatesTo';
  if (name === 'service') return source.of('service');
  if (name === 'mapping') return { fields: { title: { from: 'Title' } } };
  if (name === 'customers' || name === 'links' || name === 'profile' || name === 'owner') return undefined;
  if (name === 'customer' && reader.facet !== 'far') return people.one;
  return fc.sample(fitting(schema, source, 0), { numRuns: 1, seed: seed + name.length })[0];
}

const groundOf = (reader: Reader) => ({
  audience: 'own' as const,
  customers: reader.facet === 'far' ? [people.other] : [people.one],
  person: reader.client.id,
  colleague: people.keeper.id,
  customer: reader.facet === 'far' ? people.other : people.one,
  beside: [],
});

/** Its subject stands where the move starts, or where it may be edited. */
async function broughtTo({ writes }: Endpoint, { id, type }: Planted): Promise<void> {
  const record = app.application.registry.records.get(writes?.type ?? '');
  if (!record || record.definition.type !== type || !writes) return;
  const { table, lifecycle } = record.definition;
  const move = writes.moves?.length === 1 ? writes.moves[0] : undefined;
  const open = Object.entries(lifecycle.states).find(([, each]) => each.editable)?.[0];
  const state = move ? lifecycle.moves[move]?.from[0] : writes.edits ? open : undefined;
  for (const of of state ? [table, 'core.record'] : [])
    await app.database.ownerPool.query(`update ${of} set state = $2 where id = $1`, [id, state]);
}

async function versionOf(id: string): Promise<number> {
  const { rows } = await app.database.ownerPool.query<{ version: number }>(
    'select version from core.record where id = $1',
    [id],
  );
  return rows[0]?.version ?? 1;
}

/** Links and shares that each audience alone sees, and conditions of each side. */
async function plantBeside(): Promise<void> {
  const { near, far, desk, one, other } = people;
  const of = (audience: Audience, type: string) =>
    records.find((each) => each.audience === audience && each.type === type);
  for (const [audience, by] of [
    ['own', near],
    ['foreign', far],
    ['internal', desk],
  ] as const) {
    const [from, to] = [of(audience, 'incident'), of(audience, 'problem')];
    if (!from || !to) throw new Error(`a case and a problem are ${audience}`);
    const made = await desk.post('/links', { type: 'relatesTo', from: from.id, to: to.id });
    apart.push({ id: made.body.id, ref: '', type: 'links', audience, word: '' });
    const customer = audience === 'own' ? other : one;
    if (audience === 'internal') continue;
    await desk.post(`/records/${from.id}/shares`, { customer, reason: 'They ask.' });
    const [share] = (await by.get(`/records/${from.id}/shares`)).body.items;
    apart.push({ id: share.id, ref: '', type: 'shares', audience, word: '' });
  }
}

/** Each side says something on what both share, and the provider among its own. */
async function sayOnShared(): Promise<void> {
  const { near, far, desk } = people;
  facets.near.add(near.id).add(people.one);
  facets.far.add(far.id).add(people.other);
  await plantBeside();
  for (const { id, type } of records.filter(({ audience }) => audience === 'shared')) {
    const path = app.application.registry.records.get(type)?.definition.path;
    for (const [by, side] of [
      [near, 'near'],
      [far, 'far'],
      [desk, 'internal'],
    ] as const) {
      const word = `zs${side}said`;
      facets[side].add(word);
      if (side !== 'internal')
        await by.post(`/records/${id}/attestations`, { gate: null, title: `Title ${word}`, statement: word });
      const audience = side === 'internal' ? 'internal' : 'public';
      await by.post(`/${path}/${id}/notes`, { audience, text: `Note ${word}` });
    }
  }
}
