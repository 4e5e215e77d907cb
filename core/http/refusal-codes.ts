// The codes of the refusals that an operation may answer with: from what it takes, and from what it does to records.
import { needsReason } from '../lifecycle/lifecycle.ts';
import type { Move, Separation } from '../lifecycle/lifecycle.ts';
import type { Registry, ServerRecord } from '../record/define/work.ts';
import type { Endpoint } from './endpoint.ts';

/** What an operation does to records of a type: the rules of that, and what it brings about, may refuse. */
export interface Writes {
  type: string;
  creates?: true;
  edits?: true;
  moves?: readonly string[];
}

/** Every code that an operation may answer with, in order. */
export function codesOfRefusal(registry: Registry, endpoint: Endpoint): string[] {
  const { writes, decides, anyType, refusals = [] } = endpoint;
  return [
    ...new Set([
      ...ofInput(endpoint),
      ...(writes ? ofWriting(registry, writes) : []),
      ...(decides ? ofDeciding(registry) : []),
      ...(anyType ? [...ofAnyWriting, ...[...registry.records.values()].flatMap(ofCommands)] : []),
      ...refusals,
    ]),
  ].toSorted();
}

function ofInput({ path, method, body, public: open, scope, endsAccess, idempotent, takesBytes }: Endpoint): string[] {
  const keyScope = scope === 'decide' ? 'decision.key-scope' : 'permission.key-scope';
  return [
    'database.full',
    'database.unavailable',
    'http.too-many',
    'input.characters',
    'input.invalid',
    'input.unknown-parameter',
    ...(body ? ['http.malformed'] : []),
    ...(open ? [] : ['sign-in.key', 'sign-in.needed', keyScope]),
    ...(open || method === 'GET' ? [] : ['sign-in.foreign-page']),
    ...(open || endsAccess || (scope ?? (method === 'GET' ? 'read' : 'write')) === 'read' ? [] : ['customer.ended']),
    ...(path.includes('{') ? ['record.not-found'] : []),
    ...(idempotent ? ['idempotency.key', 'idempotency.reused'] : []),
    ...(takesBytes ? ['bytes.broken-off', 'bytes.empty', 'bytes.too-large'] : []),
  ];
}

/** Whoever writes: rights, what is named in it, two at once, the side first used on a lineage. */
const ofAnyWriting = ['permission.role', 'record.duplicate', 'record.unknown-reference', 'separation.sd10'];
const ofCustomers = ['record.lighter-profile', 'record.owner-outside', 'record.unknown-customer'];
const ofLinks = [
  'link.ends',
  'link.held',
  'link.itself',
  'link.kept',
  'link.unknown',
  'record.not-in-use',
  'record.lighter-profile',
  'record.not-found',
];

function ofWriting(registry: Registry, { type, creates, edits, moves = [] }: Writes): string[] {
  const record = registry.records.get(type);
  if (!record) throw new Error(`an operation writes records of the type ${type}, which there is not`);
  const { create, edit } = record.definition.lifecycle;
  return [
    ...ofAnyWriting,
    ...(Object.values(record.definition.fields).some((field) => field.kind === 'reference' && field.whileIn)
      ? ['record.not-in-use']
      : []),
    ...(creates
      ? [...ofCustomers, ...ofLinks, ...ofRules(record, create.rules)]
      : ['record.not-found', 'record.version']),
    ...(edits ? [...ofRules(record, edit.rules), 'record.fixed-field', 'record.frozen', 'record.owner-outside'] : []),
    ...ofCommands(record),
    ...reached(registry, [...moves.map((move) => ({ type, move })), ...(record.brings ?? [])]).flatMap(ofMade),
  ];
}

interface Named {
  type: string;
  move: string;
}

/** The moves, and all that they bring about in turn. */
function reached({ records, chain }: Registry, first: readonly Named[]): Made[] {
  const found = new Map<string, Made>();
  const add = ({ type, move: name }: Named): void => {
    const record = records.get(type);
    const move = record?.definition.lifecycle.moves[name];
    const key = `${type} ${name}`;
    if (!record || !move) throw new Error(`${key} is no move`);
    if (found.has(key)) return;
    found.set(key, { record, move });
    for (const { when, then } of chain) if (when.type === type && when.move === name) then.forEach(add);
    record.brings?.forEach(add);
  };
  first.forEach(add);
  return [...found.values()];
}

interface Made {
  record: ServerRecord;
  move: Move;
}

function ofMade({ record, move }: Made): string[] {
  return [
    'move.state',
    ...(move.gate ? ['move.gate'] : []),
    ...(move.asks?.length ? ['move.asked'] : []),
    ...(needsReason(move) ? ['move.reason'] : []),
    ...(move.reasonCodes ? ['move.reason-code'] : []),
    ...ofSeparation(move.separation),
    ...ofRules(record, move.rules),
    ...ofCommands(record),
  ];
}

const ofCommands = ({ gives = [] }: ServerRecord): readonly string[] => gives;
const ofRules = (record: ServerRecord, names: readonly string[] = []): string[] =>
  names.flatMap((name) => record.rules[name]?.gives ?? []);
const ofSeparation = (separation: readonly Separation[] = []): string[] =>
  separation.map(({ id }) => `separation.${id.toLowerCase()}`);

/** At any gate: what a decision needs, what the subject's rules say, and what the moves that it makes come to. */
function ofDeciding(registry: Registry): string[] {
  const gates = [...registry.gates.values()];
  return [
    ...ofAnyWriting,
    'record.version',
    ...gates.flatMap(({ separation }) => ofSeparation(separation)),
    ...[...registry.records.values()].flatMap(({ definition: { type, lifecycle } }) =>
      Object.entries(lifecycle.moves).flatMap(([move, { gate }]) =>
        gate ? reached(registry, [{ type, move }]).flatMap(ofMade) : [],
      ),
    ),
    ...[...registry.records.values()].flatMap((record) =>
      Object.values(record.definition.lifecycle.stands ?? {}).flatMap(({ rules, separation }) => [
        ...ofRules(record, rules),
        ...ofSeparation(separation),
      ]),
    ),
  ];
}
