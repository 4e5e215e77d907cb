// Every endpoint x nineteen kinds of people x records of one's own, shared ones, those of another customer and the provider's own:
// who reads what, who may alter what. Generated from the endpoints and the record types, so that what is added is covered.
// What may be seen is worked out here from the audiences alone, not by the program's own scope.
// A sample here; all of it with MATRIX=whole, as `npm run wide` does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Answer } from '../support/client.ts';
import { addresses as addressesOf, isApart } from '../support/matrix/addresses.ts';
import { asText, differences, readAll } from '../support/matrix/answers.ts';
import { plantBeside, sayOnShared } from '../support/matrix/beside.ts';
import type { Facets } from '../support/matrix/beside.ts';
import { bodyOf } from '../support/matrix/bodies.ts';
import type { Document } from '../support/matrix/document.ts';
import { brought } from '../support/matrix/brought.ts';
import { groundOn } from '../support/matrix/ground.ts';
import type { Ground } from '../support/matrix/ground.ts';
import { leaksIn } from '../support/matrix/leaks.ts';
import { gathered } from '../support/matrix/readers.ts';
import type { People, Reader } from '../support/matrix/readers.ts';
import { plant } from '../support/planted.ts';
import type { Audience, Planted } from '../support/planted.ts';

const whole = process.env['MATRIX'] === 'whole';
const seed = Number(process.env['MATRIX_SEED'] ?? 20_261_126);

let app: TestApplication;
let readers: Reader[];
let records: Planted[];
let left: string[];
/** What has an address of its own and is no record: links, conditions, shares, keys, files. */
const apart: Planted[] = [];
/** What was planted a second time: it is not acted on, and is as hidden. */
const further: Planted[] = [];
let facets: Facets = { near: new Set(), far: new Set(), internal: new Set() };
let document: Document;
let people: People;
let ground: Ground;

beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
  ({ people, readers } = await gathered(app));
  const { one, other, near, far, desk } = people;
  ground = groundOn(app, () => records, { near: near.id, far: far.id, desk: desk.id });
  const first = await plantAll({
    own: { customers: [one], person: near.id, customer: one },
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
  again = false,
): Promise<{ made: Planted[]; left: string[] }> {
  const found: Planted[] = [];
  const missing: string[] = [];
  for (const [audience, placed] of Object.entries(audiences)) {
    const beside = standing.filter((each) => each.audience === 'shared');
    const on = { ...placed, audience: audience as Audience, colleague: people.keeper.id, beside, again }; // the keys are audiences
    const { made, left: without } = await plant(app, on);
    found.push(...made);
    missing.push(...without.map((each) => `${audience} ${each}`));
  }
  return { made: found, left: missing };
}

const addresses = (endpoint: Endpoint) => addressesOf({ app, document, apart }, endpoint, records);

/** What stands in an answer and must not; of who sees all, nothing. */
const leaks = (answer: Answer, reader: Reader, sent: string): string[] =>
  reader.facet === 'both'
    ? []
    : leaksIn(asText(answer), sent, { reader, planted: [...records, ...further, ...apart], facets });

const reading = () => app.endpoints.filter((each) => each.method === 'GET' && !isApart(each));
const writing = () => app.endpoints.filter((each) => each.method !== 'GET' && !isApart(each));

/** Every how many of some: in the sample others each time a reader comes, so that all addresses are read by somebody. */
const sampled = <T>(of: readonly T[], by: number, offset: number): T[] =>
  whole || of.length < 4 ? [...of] : of.filter((_, index) => index % by === offset % by);

it('plants a record of every type', () => {
  expect(left).toEqual([]);
});

/**
 * What more records of others alter of what somebody reads who shares in none of them. The provider's people see that there are
 * more: else it would be no wonder that nothing is altered.
 */
async function alteredFor(name: string, plantMore: () => Promise<unknown>): Promise<string[]> {
  const reader = readerOf(name);
  const all = reading().flatMap((endpoint) => addresses(endpoint).map(({ url }) => url));
  const figures = all.filter((url) => /^\/(?:measurement|loop|portfolio)|\/overview$/.test(url));
  await catchUp();
  const before = await readAll(reader, new Set([...figures, ...sampled(all, 4, seed)]));
  const control = await readAll(readerOf('every role of P'), new Set(figures));
  await plantMore();
  await catchUp();
  expect(await differences(readerOf('every role of P'), control)).not.toEqual([]);
  return differences(reader, before);
}

function readerOf(name: string): Reader {
  const found = readers.find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

describe('what another customer and the provider do', () => {
  it('alters nothing that the first customer reads: no count, no figure, no order', async () => {
    const { other, far, desk, third } = people;
    const altered = await alteredFor('BEX of A', async () => {
      const more = await plantAll(
        {
          foreign: { customers: [other], person: far.id, customer: other },
          internal: { customers: [], person: desk.id, customer: third },
        },
        records,
      );
      expect(more.left).toEqual([]);
      records.push(...more.made);
    });
    expect(altered).toEqual([]);
  }, 600_000);

  it('alters nothing that the second customer reads', async () => {
    const { one, near, desk, third } = people;
    const altered = await alteredFor('BEX of B', async () => {
      const more = await plantAll(
        {
          own: { customers: [one], person: near.id, customer: one },
          internal: { customers: [], person: desk.id, customer: third },
        },
        records,
        true,
      );
      expect(more.left).toEqual([]);
      further.push(...more.made);
    });
    expect(altered).toEqual([]);
  }, 600_000);
});

/** Once, when records of every audience stand. */
async function saidBeside(): Promise<void> {
  if (apart.length) return;
  const standing = { app, ground, people, readers, records };
  apart.push(...(await plantBeside(standing)));
  facets = await sayOnShared(standing);
}

/** All that follows the journal, and all that is computed by the clock. */
async function catchUp(): Promise<void> {
  await app.settle();
  for (const name of ['measurement-rollup', 'incident-summaries', 'clocks', 'measurement-detections'])
    await app.runJob(name);
}

describe('nobody reads', () => {
  it('a word, id or reference of what is hidden, nor of the other facet of what is shared', async () => {
    await saidBeside();
    const told = new Set<string>();
    let calls = 0;
    for (const [place, reader] of readers.entries()) {
      if (reader.facet === 'both') continue;
      for (const endpoint of reading())
        for (const { url } of sampled(addresses(endpoint), 5, place)) {
          calls += 1;
          for (const leak of leaks(await reader.client.get(url), reader, url))
            told.add(`${endpoint.operationId} tells ${reader.name} ${leak}`);
        }
    }
    console.log(`${calls} reads`);
    expect([...told].toSorted()).toEqual([]);
  }, 3_600_000);

  it('more of a hidden record than of one that there is not', async () => {
    const told = new Set<string>();
    for (const reader of readers.filter(({ facet }) => facet !== 'both'))
      for (const endpoint of reading().filter(({ path }) => path.includes('{id}')))
        for (const { url, record } of sampled(addresses(endpoint), 7, seed)) {
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

/** What nobody at all can carry out here, and why: it tells nothing of who may. */
const impossible: readonly { of: RegExp; audiences?: readonly Audience[]; why: string }[] = [
  {
    of: /^customer\.(propose|confirm|announce)-administrator$|^customer\.(second|stop)-announcement$/,
    why: 'each organisation has an administrator, or none of the people here',
  },
  {
    of: /^agreement\.(negotiate|amend|sign-customer|sign-provider)$/,
    audiences: ['shared', 'internal'],
    why: 'an agreement is made with exactly one customer',
  },
  {
    of: /^(service-package\.hand-over-again|release\.deploy|problem\.propose-acceptance)$/,
    audiences: ['internal'],
    why: 'customers agree to it, and it has none',
  },
  {
    of: /^work-standard\.edit$/,
    audiences: ['own', 'shared', 'foreign'],
    why: "a standard of work is the provider's own: that one stands with customers is planted",
  },
];

/** Authority that a rule tells: what stands in the way is who calls, and not how the record stands. */
const authorities = [
  'grant.not-customer-administrator',
  'freeze.other-side',
  'agreement.other-customer',
  'record.unknown-customer',
];

/** Whether somebody may do this here, or did: of who sees none of the records nothing is learnt, they can name none. */
function isForCaller(reader: Reader, operationId: string, record: Planted | undefined, answer: Answer): boolean {
  const { status, body } = answer;
  if (status < 300) return true;
  const isImpossible = impossible.some(
    ({ of, audiences }) => of.test(operationId) && (!audiences || (record && audiences.includes(record.audience))),
  );
  if (isImpossible || !reader.sees.length || status === 401 || status === 404) return false;
  const codes: string[] = (body?.refusals ?? []).map(({ code }: { code: string }) => code);
  if (codes.some((code) => code.startsWith('permission.') || authorities.includes(code))) return false;
  return status !== 403 || codes.some((code) => code === 'record.frozen' || code === 'item.closed');
}

describe('nobody alters', () => {
  it('what is hidden, and no refusal tells of it', async () => {
    await saidBeside();
    const tries = new Map<string, number>();
    const tallies = { may: 0, done: 0 };
    const wrong = new Set<string>();
    for (const [place, reader] of readers.entries()) {
      const seen = records.filter(({ audience }) => reader.sees.includes(audience));
      const known = seen.length ? seen : records;
      const by = { id: reader.client.id, side: reader.facet === 'both' ? 'P' : 'B' } as const;
      for (const endpoint of writing())
        for (const { url, record } of sampled(addresses(endpoint), 16, place)) {
          const { operationId } = endpoint;
          const isHidden = record !== undefined && !reader.sees.includes(record.audience);
          if (!isHidden && reader.sees.length) await brought({ ground, people, endpoint, record, known, by });
          const body = await bodyOf({ app, document, people, readers, seed, known, reader, endpoint, record });
          const answer = await write(reader, endpoint, { url, body });
          const isDone = answer.status < 300;
          tries.set(operationId, (tries.get(operationId) ?? 0) + Number(isDone));
          const isFor = isForCaller(reader, operationId, record, answer);
          tallies.may += Number(isFor);
          tallies.done += Number(isDone);
          if (isHidden && isDone) wrong.add(`${operationId} by ${reader.name} on ${record.audience}`);
          if (answer.status >= 500) wrong.add(`${operationId} answers ${answer.status}`);
          for (const leak of leaks(answer, reader, url + JSON.stringify(body)))
            wrong.add(`${operationId} tells ${reader.name} ${leak}`);
        }
    }
    const done = [...tries.values()].filter(Boolean).length;
    const share = Math.floor((tallies.done / tallies.may) * 100);
    console.log(
      `of ${tries.size} operations ${done} were carried out by somebody; of ${tallies.may} writes by who may, ${tallies.done} (${share} %)`,
    );
    expect([...wrong].toSorted()).toEqual([]);
    expect(await actedOnHidden()).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(80);
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
