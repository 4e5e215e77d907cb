// What is hashed is what is stored: each kind of entry, written through the API with texts, ids and headers that no honest caller
// sends, folds back to what stands. Its kind: names from outside that look a plain object up (a rule of the architecture's test
// refuses the pattern), ids and instants that are hashed in another spelling than the one a typed column keeps (core/names/forms.ts).
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { agreedRequirement, castOf } from '../support/thread.ts';
import type { Cast } from '../support/thread.ts';
import type { Answer, Client } from '../support/client.ts';
import { takenOver } from '../support/service.ts';

let app: TestApplication;
let cast: Cast;
let desk: Client;
let service: string;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  desk = await app.person('Dee Kaur', ['SDK']);
  const owner = await app.person('Ona Owner', ['SOW']);
  service = (await takenOver(owner, { title: 'Slots', customers: [cast.customer] })).id;
});
afterAll(() => app.close());

const differences = async () =>
  (await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences;
const wentWell = ({ status, body }: Answer) => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body.refusals)}`);
  return body;
};

const names = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'ui',
  'cli',
  'x',
];
const hostile = fc.oneof(
  fc.constantFrom(...names),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== ''),
  fc.constantFrom(
    'a\u2028b',
    '\ufeffx',
    'é',
    'e\u0301',
    '\u202eabc',
    '𝒳',
    "'; drop table core.record; --",
    '\\u0000',
    '1e309',
  ),
);
const cased = (id: string) => fc.constantFrom(id, id.toUpperCase());

describe('hostile words', () => {
  it('fold back to what stands, whoever is told to have sent them', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostile,
        hostile,
        fc.constantFrom(...names),
        fc.boolean(),
        async (title, description, program, isCased) => {
          const spelled = (id: string) => (isCased ? id.toUpperCase() : id);
          const headers = { 'x-servicewright-client': program };
          const { record } = wentWell(
            await desk.post(
              '/incidents',
              {
                title,
                description,
                service: spelled(service),
                customers: [spelled(cast.customer)],
                owner: spelled(desk.id),
              },
              { ...headers, 'idempotency-key': crypto.randomUUID() + program },
            ),
          );
          expect(record.title).toBe(title.trim());
          expect(record.customers).toEqual([cast.customer]);
          wentWell(
            await desk.post(`/incidents/${record.id}/notes`, { text: description, audience: 'public' }, headers),
          );
          wentWell(
            await desk.patch(`/incidents/${spelled(record.id)}`, { expectedVersion: 1, title: description }, headers),
          );
          wentWell(
            await desk.post('/links', { type: 'affected', from: spelled(record.id), to: spelled(service) }, headers),
          );
        },
      ),
      { numRuns: 40 },
    );
    expect(await differences()).toEqual([]);
  });

  it('fold back to what stands in decisions, conditions and attestations', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, cased(cast.owner.id), fc.boolean(), async (one, other, owner, isCased) => {
        const { owner: business, customer } = cast;
        const need = { statement: one, trigger: 'market', priority: 'must', profile: 'light' };
        const { id } = await business.create('business-requirements', { title: other, ...need });
        const measure = { measure: one, unit: '%', direction: 'lower', baseline: 8, target: 4 };
        const when = { attainBy: '2026-12-31', sustainPeriods: 2, period: 'month', source: other, weight: 1 };
        await business.create('outcomes', { title: one, requirement: id, statement: other, ...measure, ...when });
        await business.move('business-requirements', id, 'analyse');
        wentWell(
          await business.post(`/records/${id}/attestations`, {
            gate: 'G1',
            title: `Said ${Array.from(one).slice(0, 30).join('')}`,
            statement: other,
            expiresAt: '2027-01-01T00:00:00+02:00',
          }),
        );
        const dueAt = '2027-06-30T23:30:00-05:30';
        const decided = await business.decide('G1', id, {
          outcome: 'approve_with_conditions',
          reason: one,
          customer: isCased ? customer.toUpperCase() : customer,
          conditions: [
            { text: other, owner, dueAt, blocks: 'G4' },
            { text: one, owner, dueAt },
          ],
        });
        expect(decided.outcome).toBe('approve_with_conditions');
      }),
      { numRuns: 12 },
    );
    expect(await differences()).toEqual([]);
  });
});

describe('a condition', () => {
  it.each([
    ['whose owner nobody is', { owner: '00000000-0000-7000-8000-00000000ffff' }, 'record.unknown-reference'],
    ['that blocks no gate', { blocks: 'ZZ' }, 'decision.condition-gate'],
    ['that blocks what a plain object answers to', { blocks: 'toSt' }, 'decision.condition-gate'],
  ])('%s is refused, and nothing is decided', async (_what, more, code) => {
    const { id } = await agreedRequirement(cast);
    const before = await cast.owner.get(`/business-requirements/${id}`);
    const page = (await cast.owner.get(`/gates/G1/${id}`)).body;
    const answer = await cast.owner.post(`/gates/G1/${id}/decisions`, {
      outcome: 'approve_with_conditions',
      reason: 'Yes.',
      conditions: [{ text: 'Stores are told', owner: cast.owner.id, dueAt: '2027-06-01T00:00:00.000Z', ...more }],
      expectedVersion: page.subject.version,
      evidenceHash: page.evidenceHash,
    });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect((await cast.owner.get(`/business-requirements/${id}`)).body.record.version).toBe(before.body.record.version);
  });
});
