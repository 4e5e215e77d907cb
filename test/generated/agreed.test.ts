// What a decision in force stands on is not altered in silence: every field, link and checklist item around it is tried at every
// door that can write it, by people who hold every role of each side, such as have acted and such as have not, and by people
// whom no rule lets write. It is refused, or the decision satisfies nothing any more and its deciders are told. A sample of the
// decisions, each thing by half of the people in turn; all of it with WIDE=1.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistry } from '../../app/server/registry.ts';
import { verify } from '../../core/journal/verify.ts';
import { givenFields } from '../../core/record/define/define.ts';
import type { RecordDefinition } from '../../core/record/define/define.ts';
import type { Field } from '../../core/record/define/fields.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { client } from '../support/client.ts';
import type { Answer, Body, Client } from '../support/client.ts';
import { exploration } from '../support/exploration.ts';
import { namedBy } from '../support/walk-steps.ts';
import type { Scene } from '../support/exploration.ts';
import { keyOf } from '../support/keys.ts';
import { roles } from '../../handover/roles.ts';

const registry = createRegistry();
let app: TestApplication;
let scene: Scene;
let writers: Client[];
/** Whose turn it is. */
let turn = Number(process.env['AGREED_SEED'] ?? 0);
let held: Held[];
const count = { tried: 0, told: 0, gates: new Set<string>(), refused: new Map<string, number>() };

/** A decision in force, and the record that it is about. */
interface Held {
  decision: string;
  gate: string;
  subject: string;
  path: string;
  /** What is tried: the subject, or a record that the decision saw as evidence. */
  at: { id: string; type: string; path: string };
  /** The subject's content as the decision saw it. */
  hash: string;
}

beforeAll(async () => {
  app = await createTestApplication();
  const explored = await exploration(app);
  scene = explored.scene;
  for (const { definition } of registry.records.values())
    if (Object.values(definition.lifecycle.moves).some(({ gate }) => gate)) await explored.walk(definition.type);
  // Where something was done since a decision that let it be done, or walking came another way: decided anew.
  await explored.walk('team');
  const decided = new Set((await decisionsInForce()).map(({ gate }) => gate));
  for (const { definition } of registry.records.values())
    for (const gate of gatesOf(definition)) if (!decided.has(gate)) await explored.pass(definition.type, gate);
  const { cast, customer, business, provider } = scene;
  const of = { customer, customers: [customer] };
  const asPerson = async (id: string) => client(app.server, id, await keyOf(app, id, 'sweep'));
  const outsider = async (by: Pick<Client, 'create'>, name: string, role: string, more: object) => {
    const { id } = await by.create('people', { title: name, ...more });
    await by.create('role-grants', { title: role, person: id, role, ...more });
    return asPerson(id);
  };
  // Who did nothing yet is kept from nothing by what was done before: a second of each side.
  const fresh = await outsider(cast.customerAdministrator, 'Fresh of the business', 'USR', of);
  for (const { code } of [...roles.values()].filter(({ side }) => side === 'B'))
    await cast.customerAdministrator.create('role-grants', { title: code, person: fresh.id, role: code, ...of });
  writers = [
    business,
    fresh,
    scene.second,
    provider,
    await outsider(cast.customerAdministrator, 'User alone', 'USR', of),
    await outsider(cast.administrator, 'Auditor alone', 'AUD', {}),
  ];
  held = sampled(await decisionsInForce());
}, 600_000);
afterAll(() => app.close());

/** Half of the writers, some of each side, and the other half the next time; all with WIDE. */
function some(): Client[] {
  turn += 1;
  return process.env['WIDE'] ? writers : writers.filter((_, at) => (at + turn) % 2 === 0);
}

/** Of the decisions at one gate on one type, and of the records of one type that they saw, the first; all with WIDE. */
function sampled(all: readonly Held[]): Held[] {
  if (process.env['WIDE']) return [...all];
  const seen = new Set<string>();
  return all.filter(({ gate, path, at }) => {
    const kind = `${gate} ${path} ${at.type}`;
    return !seen.has(kind) && seen.add(kind);
  });
}

/** The gates whose approval a record of the type may get. */
const gatesOf = ({ lifecycle: { moves, stands = {} } }: RecordDefinition): ReadonlySet<string> =>
  new Set([
    ...Object.keys(stands),
    ...Object.values(moves).flatMap(({ gate, on = 'approve' }) => (gate && on === 'approve' ? [gate] : [])),
  ]);

const pathOf = (type: string) => registry.records.get(type)?.definition.path ?? '';

async function decisionsInForce(): Promise<Held[]> {
  const { rows } = await app.database.ownerPool.query<
    Omit<Held, 'path' | 'at'> & { type: string; evidence: { type: string; id: string }[] }
  >(
    `select d.id as decision, d.gate, d.subject_id as subject, d.subject_type as type, d.subject_hash as hash, d.evidence
     from core.decision d
     join core.record r on r.provider_id = d.provider_id and r.id = d.subject_id and r.content_hash = d.subject_hash
     where d.provider_id = $1
       and d.outcome in ('approve', 'approve_with_conditions')
       and not exists (select from core.decision_end e where e.provider_id = d.provider_id and e.decision_id = d.id)
     order by d.recorded_at, d.id`,
    [scene.providerId],
  );
  return rows.flatMap(({ type, evidence, ...row }) => {
    const seen = [{ type, id: row.subject }, ...evidence.filter((each) => registry.records.has(each.type))];
    return seen.map((at) => ({ ...row, path: pathOf(type), at: { ...at, path: pathOf(at.type) } }));
  });
}

/** How the decision stands now: what it satisfies, and whether its deciders are told: as of a changed basis, or to decide anew. */
async function standing({ decision, gate, subject, path }: Held): Promise<{ basis: string; told: boolean }> {
  const read = await scene.provider.get(`/${path}/${subject}`);
  const found = read.body.decisions.find((each: Body) => each.id === decision);
  const { rowCount } = await app.database.ownerPool.query('select from core.basis_change where decision_id = $1', [
    decision,
  ]);
  const deciders = registry.gates.get(gate)?.side === 'B' ? scene.business : scene.provider;
  const waiting = (await deciders.get('/decisions/waiting?limit=200')).body.items as Body[];
  const waits = waiting.some((each) => each.gate === gate && each.subject.id === subject);
  return { basis: found?.basis ?? 'gone', told: rowCount === 1 || waits };
}

/** Refused, or told: never silent. What was altered is put back, so that each act is tried on a decision that counts. */
async function judge(of: Held, what: string, answer: Answer, putBack?: () => Promise<unknown>): Promise<void> {
  count.tried += 1;
  count.gates.add(of.gate);
  if (answer.status >= 400) {
    const code = `${answer.status} ${answer.body.code}`;
    count.refused.set(code, (count.refused.get(code) ?? 0) + 1);
    if (answer.status >= 500) expect([what, answer.body]).toBe('refused');
    return;
  }
  const { basis, told } = await standing(of);
  if ((await hashOf(of.subject)) !== of.hash) expect([what, basis]).toEqual([what, 'stale']);
  if (basis !== 'stale') return; // nothing that the decision saw was altered
  count.told += 1;
  expect([what, told]).toEqual([what, true]);
  await putBack?.();
}

const hashOf = async (id: string): Promise<string> => {
  const { rows } = await app.database.ownerPool.query<{ hash: string }>(
    'select content_hash as hash from core.record where id = $1',
    [id],
  );
  return rows[0]?.hash ?? '';
};

const another = async (field: Field, value: unknown): Promise<unknown> => {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return value === 'Altered.' ? 'Altered again.' : 'Altered.';
    case 'choice':
      return Object.keys(field.options).find((option) => option !== value);
    case 'integer':
    case 'decimal':
      return Number(value ?? 0) === (field.min ?? 1) ? (field.min ?? 1) + 1 : (field.min ?? 1);
    case 'money':
      return { minor: 12_345, currency: 'EUR' };
    case 'boolean':
      return value !== true;
    case 'date':
      return value === '2030-01-01' ? '2030-01-02' : '2030-01-01';
    case 'instant':
      return '2030-01-01T00:00:00.000Z';
    case 'list':
      return [];
    case 'reference':
      return namedBy(scene, field);
    case 'person':
      return scene.second.id;
    case 'customer':
    case 'team':
    case 'json':
      return null;
  }
};

// All of it takes its time.
describe('what a decision in force stands on', { timeout: 1_200_000 }, () => {
  it('is altered by no edit of any field in silence', async () => {
    for (const of of held) {
      const definition = registry.records.get(of.at.type)?.definition;
      if (!definition) throw new Error(`no type ${of.at.type}`);
      const names = ['title', 'owner', ...givenFields(definition).map(([name]) => name)];
      for (const name of names)
        for (const by of some()) {
          const { record } = (await scene.provider.get(`/${of.at.path}/${of.at.id}`)).body;
          const field = definition.fields[name];
          const value = field
            ? await another(field, record.fields[name])
            : name === 'owner'
              ? by.id
              : `${record.title}.`;
          const to = (version: number, given: unknown) =>
            by.patch(`/${of.at.path}/${of.at.id}`, { expectedVersion: version, [name]: given });
          const was = field ? record.fields[name] : record[name];
          const answer = await to(record.version, value);
          await judge(of, `${of.gate} ${of.at.type} ${name}`, answer, () => to(record.version + 1, was));
        }
    }
  });

  it('is parted from no link, and given none, in silence', async () => {
    for (const of of held) {
      const { rows } = await app.database.ownerPool.query<{ id: string; type: string; from: string; to: string }>(
        `select id, type, from_id as "from", to_id as "to"
         from core.link
         where provider_id = $1 and (from_id = $2 or to_id = $2) and withdrawn_at is null
         order by id
         limit 20`,
        [scene.providerId, of.at.id],
      );
      for (const link of rows)
        for (const by of some()) {
          const gone = await by.post(`/links/${link.id}/withdraw`, { reason: 'To see.' });
          await judge(of, `${of.gate} ${of.at.type} without ${link.type}`, gone);
          const again = await by.post('/links', { type: link.type, from: link.from, to: link.to });
          await judge(of, `${of.gate} ${of.at.type} with ${link.type}`, again);
        }
    }
  });

  it('has no checklist item drafted, accepted, refused or left out in silence', async () => {
    for (const of of held) {
      const { items = [] } = (await scene.provider.get(`/${of.at.path}/${of.at.id}`)).body;
      for (const { item } of items as { item: string }[])
        for (const by of some())
          for (const body of [
            { statement: 'Altered.' },
            { accept: true },
            { applicable: false, reason: 'Left out.' },
          ]) {
            const answer = await by.patch(`/${of.at.path}/${of.at.id}/items/${item}`, body);
            await judge(of, `${of.gate} ${of.at.type} ${item}`, answer);
          }
    }
  });

  it('was tried at every gate, and the journal vouches for what came of it', async () => {
    console.log(
      `${count.tried} acts around ${new Set(held.map(({ decision }) => decision)).size} decisions at ${count.gates.size} gates: ${[...count.refused].map(([code, times]) => `${times} x ${code}`).join(', ')}, ${count.told} told to the deciders, the others altered nothing that was decided`,
    );
    // The review of value has no record yet.
    expect([...registry.gates.keys()].filter((gate) => !count.gates.has(gate))).toEqual(['G6']);
    expect(count.tried).toBeGreaterThan(2000);
    expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  });
});
