// Brings what an operation is about to where the operation is made: the state that its move starts in, and what its rules ask for.
import type { Endpoint } from '../../../core/http/endpoint.ts';
import type { Audience, Planted } from '../planted.ts';
import { gateOf } from './addresses.ts';
import { ofCreations, ofOperations, ofRules } from './arrangements.ts';
import type { By } from './arranging.ts';
import type { Ground } from './ground.ts';
import type { People } from './readers.ts';

interface Wanted {
  ground: Ground;
  people: People;
  endpoint: Endpoint;
  record: Planted | undefined;
  known: readonly Planted[];
  by: By;
}

export async function brought({ ground, people, endpoint, record, known, by }: Wanted): Promise<void> {
  const { operationId } = endpoint;
  if (!record)
    return void (await ofCreations[operationId]?.(ground, (type) => known.find((each) => each.type === type), by));
  if (!ground.app.application.registry.records.has(record.type)) return apartAsPlanted(ground, people, record);
  await asPlanted(ground, people, record);
  const { moves, state } = startOf(ground, endpoint, record);
  if (state) await ground.state(record, state);
  for (const rule of moves.flatMap((move) => ground.definition(record.type).lifecycle.moves[move]?.rules ?? []))
    await ofRules[`${record.type} ${rule}`]?.(ground, record, by);
  if (operationId.endsWith('.remove-file'))
    await ground.sql('update core.file set gone = null, gone_by = null, gone_at = null where record_id = $1', [
      record.id,
    ]);
  await ofOperations[operationId]?.(ground, record, by);
}

/** With whom it is shared: who consented to a share widened that, as is proven elsewhere. */
async function asPlanted({ sql }: Ground, { one, other }: People, { id, type, audience }: Planted): Promise<void> {
  const customers: Readonly<Record<Audience, string[]>> = {
    own: [one],
    shared: [one, other],
    foreign: [other],
    internal: [],
  };
  if (type === 'person' || type === 'customer') return;
  await sql('update core.record set customers = $2 where id = $1', [id, customers[audience]]);
  await sql(`update core.share set state = 'withdrawn', since = null where record_id = $1 and state <> 'withdrawn'`, [
    id,
  ]);
}

/** A link that stands, a share that is asked for, a key that opens, a condition that is open. */
async function apartAsPlanted({ sql }: Ground, people: People, { id, type, audience }: Planted): Promise<void> {
  if (type === 'keys') await sql('update core.api_key set revoked_at = null where id = $1', [id]);
  if (type === 'conditions')
    await sql(`update core.condition set state = 'open', met_by = null, met_at = null, evidence = null where id = $1`, [
      id,
    ]);
  if (type === 'links') await sql('update core.link set withdrawn_at = null where id = $1', [id]);
  if (type !== 'shares') return;
  const customers = audience === 'own' ? [people.one] : [people.other];
  await sql(
    `update core.record
     set customers = $2
     where id = (select record_id from core.share where id = $1)`,
    [id, customers],
  );
  await sql('delete from core.share_consent where share_id = $1', [id]);
  await sql(
    `update core.share
     set state = 'withdrawn', since = null
     where id <> $1 and record_id = (select record_id from core.share where id = $1)`,
    [id],
  );
  await sql(`update core.share set state = 'asked', since = null where id = $1`, [id]);
}

/** The one move that it makes, and where that starts; of an edit, and of an item, where they are open. */
function startOf(
  ground: Ground,
  { writes, operationId }: Endpoint,
  record: Planted,
): { moves: string[]; state?: string | undefined } {
  const { lifecycle } = ground.definition(record.type);
  if (operationId === 'gate.decide') {
    const gate = gateOf(ground.app, record);
    return { moves: [], state: Object.values(lifecycle.moves).find((move) => move.gate === gate)?.from[0] };
  }
  if (writes?.type !== record.type) return { moves: [] };
  const [move, ...others] = writes.moves ?? [];
  if (move && !others.length && !writes.creates) return { moves: [move], state: lifecycle.moves[move]?.from[0] };
  const open = Object.entries(lifecycle.states).find(([, each]) => each.editable)?.[0];
  return { moves: [], state: writes.edits || operationId.endsWith('.item') ? open : undefined };
}
