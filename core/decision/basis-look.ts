// What a decision stands on changes where no record tells of it: each decided record is then looked at by itself, in an act of the
// system of its own. Where rules came later or went, many are; what waits to be looked at is kept, with the place where it stands.
import { randomUUIDv7 } from 'node:crypto';
import { systemPrincipal } from '../permission/principal.ts';
import { act } from '../record/act/act.ts';
import type { Application, Registry, Work } from '../record/define/work.ts';
import { keepBasis } from './basis-watch.ts';
import { declaredAt, isDecided } from './declared.ts';

export interface Subject {
  providerId: string;
  id: string;
  type: string;
  lineage: string;
  scenarioNow: string | null;
}

/** Of `core.record r` and `core.provider v`. */
export const subjectColumns = `r.provider_id as "providerId", r.id, r.type, r.lineage_id as lineage, v.scenario_now as "scenarioNow"`;

/** At a time. */
export const batch = 200;
/** In one run: the next goes on from there. */
const mostBatches = 25;

/** Where a decision that was made is asked about again: by type of record, gate and state. */
export function askedAgainIn(registry: Registry): { type: string; gate: string; state: string }[] {
  return [...registry.records.values()].flatMap(({ definition: { type, lifecycle } }) => {
    if (!isDecided(lifecycle)) return [];
    const states = Object.entries(lifecycle.states).filter(([, { editable, final }]) => !editable && !final);
    return [...registry.gates.values()].flatMap((gate) =>
      states.flatMap(([state]) =>
        declaredAt(lifecycle, gate, state).inState ? [] : [{ type, gate: gate.code, state }],
      ),
    );
  });
}

interface Look {
  id: string;
  providerId: string;
  gates: string[] | null;
  lineage: string | null;
  after: string;
}

/** Has looked at again, with the next run of the job, what was decided at some gates (null: at any) on a lineage (null: on all). */
export async function lookLater(
  { client, caller }: Pick<Work, 'client' | 'caller'>,
  { gates, lineage }: Pick<Look, 'gates' | 'lineage'>,
): Promise<void> {
  await client.query('insert into core.basis_look (id, provider_id, gates, lineage_id) values ($1, $2, $3, $4)', [
    randomUUIDv7(),
    caller.principal.providerId,
    gates,
    lineage,
  ]);
}

/**
 * Looks at what waits, and goes on where the run before stopped. What could not be looked at waits anew, with its lineage alone.
 * @throws after all were tried, the faults together
 */
export async function takeLooks(application: Application, most = mostBatches): Promise<void> {
  const { rows: looks } = await application.pool.query<Look>(
    `select id, provider_id as "providerId", gates, lineage_id as lineage, after
     from core.basis_look
     order by id
     limit 500`,
  );
  const faults: unknown[] = [];
  let left = most;
  for (const look of looks) {
    let place: string | null = look.after;
    while (place !== null && left > 0) {
      const done = await takeSome(application, look, place);
      left -= 1;
      faults.push(...done.faults);
      place = done.place;
    }
  }
  if (faults.length) throw new AggregateError(faults, `${faults.length} decided records could not be looked at`);
}

/** Gives the place to go on from, or null where all is done. */
async function takeSome(
  application: Application,
  { id, providerId, gates, lineage }: Look,
  after: string,
): Promise<{ place: string | null; faults: unknown[] }> {
  const { pool, registry } = application;
  const posts = askedAgainIn(registry).filter(({ gate }) => gates === null || gates.includes(gate));
  const { rows } = await pool.query<Subject>(
    `select distinct ${subjectColumns}
     from jsonb_to_recordset($1) as w(type text, gate text, state text)
     join core.record r on r.provider_id = $2 and r.type = w.type and r.state = w.state
     join core.provider v on v.id = r.provider_id
     where ($3::uuid is null or r.lineage_id = $3)
       and r.id > $4
       and exists (
         select
         from core.decision d
         where d.provider_id = r.provider_id and d.subject_id = r.id and d.gate = w.gate)
     order by r.id
     limit ${batch}`,
    [JSON.stringify(posts), providerId, lineage, after],
  );
  const failed = await lookAtEach(application, rows);
  for (const each of new Set(failed.map(({ subject }) => subject.lineage)))
    await pool.query(
      `insert into core.basis_look (id, provider_id, lineage_id)
       select $1, $2, $3
       where not exists (
         select
         from core.basis_look
         where provider_id = $2 and lineage_id = $3 and gates is null and id <> $4)`,
      [randomUUIDv7(), providerId, each, id],
    );
  const place = rows.length < batch ? null : (rows.at(-1)?.id ?? null);
  if (place === null) await pool.query('delete from core.basis_look where id = $1', [id]);
  else await pool.query('update core.basis_look set after = $2 where id = $1', [id, place]);
  return { place, faults: failed.map(({ fault }) => fault) };
}

/** Each in an act of its own: a fault at one holds up no other. */
export async function lookAtEach(
  application: Application,
  subjects: readonly Subject[],
): Promise<{ subject: Subject; fault: unknown }[]> {
  const failed: { subject: Subject; fault: unknown }[] = [];
  for (const subject of subjects)
    await lookAt(application, subject).catch((fault: unknown) => failed.push({ subject, fault }));
  return failed;
}

async function lookAt(application: Application, { providerId, id, type, scenarioNow }: Subject): Promise<void> {
  const principal = systemPrincipal(providerId, 'clock', scenarioNow);
  const caller = { principal, channel: 'job' as const, requestId: `basis ${id}` };
  await act(application, caller, { command: 'basis changed', type, id }, async (work) => {
    await keepBasis(work, [id]);
    return { id };
  });
}
