// The acts that a walk is made of: each draws what it does, and whom it is done by, from how the world stands.
import { asked, needsReason } from '../../core/lifecycle/lifecycle.ts';
import type { Move } from '../../core/lifecycle/lifecycle.ts';
import { givenFields } from '../../core/record/define/define.ts';
import type { Answer, Body } from '../support/client.ts';
import { decide } from './deciding.ts';
import { create, grant, lend } from './making.ts';
import { oddValue, sensible } from './values.ts';
import type { Seen, World } from './world.ts';

/** What was done, in a word, and what came of it; undefined where there was nothing to do. */
export type Act = (world: World) => Promise<Answer | undefined>;

const reason = 'It is time.';

const moves = (world: World, fits: (move: Move) => boolean): [Seen, string, Move][] =>
  world.records.flatMap((record) =>
    Object.entries(record.definition.lifecycle.moves)
      .filter(([, move]) => move.from.includes(record.state) && move.gate === undefined && fits(move))
      .map(([name, move]): [Seen, string, Move] => [record, name, move]),
  );

async function make(world: World, [record, name, move]: [Seen, string, Move]): Promise<Answer> {
  const values: Record<string, unknown> = { reason };
  for (const { field, required } of asked(move)) {
    const kind = record.definition.fields[field];
    if (kind && (required || world.chance.isOne(2))) values[field] = sensible(field, kind, world.around);
  }
  if (move.reasonCodes) values['reasonCode'] = world.chance.pick(Object.keys(move.reasonCodes));
  const by = world.somebody(move.who.includes('*') ? [] : move.who, record);
  return by.post(`/${record.definition.path}/${record.id}/moves/${name}`, {
    expectedVersion: record.version,
    ...values,
  });
}

/** On its way: a move that is nobody's gate, and leads on. */
const step: Act = async (world) => {
  const record = world.any();
  const open = moves(world, (move) => !needsReason(move) && move.who.some((role) => role !== 'system')).filter(
    ([of]) => of.id === record?.id,
  );
  const drawn = world.chance.pick(open);
  return drawn && make(world, drawn);
};

/** Any move at all, those that lead back or happen by themselves included. */
const anyMove: Act = async (world) => {
  const record = world.any();
  const drawn = world.chance.pick(moves(world, () => true).filter(([of]) => of.id === record?.id));
  return drawn && make(world, drawn);
};

const isOpen = ({ definition, state }: Pick<Seen, 'definition' | 'state'>) =>
  definition.lifecycle.states[state]?.editable === true;

const edit: Act = async (world) => {
  const record = world.any(world.chance.isOne(3) ? () => true : isOpen);
  if (!record) return undefined;
  const { chance, around } = world;
  const [name, field] = chance.pick(givenFields(record.definition)) ?? [];
  const body: Record<string, unknown> = { expectedVersion: record.version };
  if (name === undefined || !field || chance.isOne(12)) body['title'] = `It is ${around.now}`;
  else body[name] = chance.isOne(10) ? oddValue(chance) : sensible(name, field, around);
  return world
    .somebody(record.definition.lifecycle.edit.who, record)
    .patch(`/${record.definition.path}/${record.id}`, body);
};

const link: Act = async (world) => {
  const { chance, registry } = world;
  const kind = chance.pick([...registry.links.values()]);
  const end = (types: readonly string[]) => world.any(({ type }) => types.includes('*') || types.includes(type));
  const [from, to] = [kind && end(kind.from), kind && end(kind.to)];
  if (!kind || !from || !to) return undefined;
  return world
    .somebody(from.definition.lifecycle.edit.who, from)
    .post('/links', { type: kind.type, from: from.id, to: to.id });
};

const part: Act = async (world) => {
  const { rows } = await world.pool.query<{ id: string; from: string }>(
    'select id, from_id as "from" from core.link where withdrawn_at is null order by id',
  );
  const drawn = world.chance.pick(rows);
  const from = world.records.find(({ id }) => id === drawn?.from);
  if (!drawn) return undefined;
  return world
    .somebody(from?.definition.lifecycle.edit.who ?? [], from)
    .post(`/links/${drawn.id}/withdraw`, { reason });
};

const item: Act = async (world) => {
  const record = world.any(
    (each) => each.definition.checklist !== undefined && (world.chance.isOne(6) || isOpen(each)),
  );
  if (!record) return undefined;
  const { chance } = world;
  const { rows } = await world.pool.query<{ item: string }>(
    `select item from core.item where record_id = $1 and (mandatory or $2) order by (state = 'accepted'), item`,
    [record.id, chance.isOne(4)],
  );
  const of = chance.isOne(3) ? chance.pick(rows) : rows[0];
  if (!of) return undefined;
  const body: Body = chance.pick([
    { statement: 'Said.' },
    { statement: 'Said otherwise.' },
    { accept: true },
    { accept: true },
    { applicable: false, notApplicableReason: reason },
    { reject: 'It is not said who.' },
  ]);
  const consumers = world.grounds.walkers.filter(({ customer }) => customer === null);
  const by =
    'statement' in body ? world.somebody(record.definition.lifecycle.edit.who, record) : chance.pick(consumers);
  return by?.patch(`/${record.definition.path}/${record.id}/items/${of.item}`, {
    expectedVersion: record.version,
    ...body,
  });
};

const takeBackStatement: Act = async (world) => {
  const { rows } = await world.pool.query<{ id: string; role: string }>(
    'select id, role from core.evidence where withdraws is null order by id',
  );
  const drawn = world.chance.pick(rows);
  return drawn && world.somebody([drawn.role]).post(`/attestations/${drawn.id}/withdraw`, { reason });
};

const meet: Act = async (world) => {
  const { rows } = await world.pool.query<{ id: string; owner: string }>(
    `select id, owner_id as owner from core.condition where state <> 'met' order by id`,
  );
  const drawn = world.chance.pick(rows);
  if (!drawn) return undefined;
  const owner = world.grounds.walkers.find(({ id }) => id === drawn.owner) ?? world.somebody([]);
  return owner.post(`/conditions/${drawn.id}/met`, { evidence: 'Done.' });
};

const share: Act = async (world) => {
  const { rows } = await world.pool.query<{ id: string }>(
    `select id from core.share where state = 'asked' order by id`,
  );
  const open = world.chance.pick(rows);
  const by = world.somebody(['BOW', 'BEX', 'BRM', 'SPM']);
  if (open && !world.chance.isOne(4)) return by.post(`/shares/${open.id}/answer`, { consents: true, reason });
  const record = world.any();
  const customer = world.chance.pick(world.grounds.customers);
  return (
    record && by.post(`/records/${record.id}/shares`, { customer, reason, kind: world.chance.pick(['join', 'leave']) })
  );
};

/** Measured values of an outcome, brought in as a file. */
const bringIn: Act = async (world) => {
  const record = world.any(({ type }) => type === 'outcome');
  if (!record) return undefined;
  const day = new Date(Date.parse(world.around.now) - 86_400_000 * (1 + world.chance.below(40)))
    .toISOString()
    .slice(0, 10);
  const csv = `periodFrom,periodTo,value,grade,source,evidence\n${day},${day},${world.chance.below(9)},C,Record of every incident,\n`;
  return world
    .somebody(['BOW', 'BEX', 'BRM', 'SPM', 'CSI'], record)
    .post(`/outcomes/${record.id}/measurements/csv`, { csv });
};

/** Each with how often it comes. */
export const acts: readonly { name: string; often: number; act: Act }[] = [
  { name: 'step', often: 26, act: step },
  { name: 'decide', often: 30, act: decide },
  { name: 'make', often: 10, act: create },
  { name: 'edit', often: 10, act: edit },
  { name: 'any move', often: 5, act: anyMove },
  { name: 'link', often: 4, act: link },
  { name: 'part', often: 4, act: part },
  { name: 'item', often: 5, act: item },
  { name: 'take a statement back', often: 2, act: takeBackStatement },
  { name: 'meet a condition', often: 2, act: meet },
  { name: 'share', often: 2, act: share },
  { name: 'bring in', often: 1, act: bringIn },
  { name: 'grant', often: 1, act: grant },
  { name: 'lend', often: 1, act: lend },
];
