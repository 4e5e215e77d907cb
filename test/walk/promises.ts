// What was agreed of an outcome is what was decided.
import canonicalize from 'canonicalize';
import type pg from 'pg';
import type { Checked } from './watched.ts';

const promise = `jsonb_build_array(o.statement, o.measure, o.unit, o.direction, o.baseline, o.baseline_from, o.baseline_to, o.target,
  o.attain_by, o.sustain_periods, o.period, o.source, o.weight, o.unit_value_minor, o.unit_value_currency, o.verifier)`;

interface Promised {
  id: string;
  state: string;
  promise: unknown[];
  /** Decisions of the business that agree it or alter it: at G1 on its requirement, at G11 on its amendments. */
  agreed: string | null;
  amended: string | null;
  /** What the newest amendment gives, in the same order. */
  becomes: unknown[] | null;
}

export async function promises(pool: pg.Pool): Promise<Map<string, Promised>> {
  const { rows } = await pool.query<Promised>(
    `select o.id,
       o.state,
       ${promise} as promise,
       (
         select d.id
         from core.decision d
         where d.subject_id = o.requirement and d.gate = 'G1' and d.side = 'B' and d.outcome like 'approve%'
         order by d.recorded_at desc, d.id desc
         limit 1) as agreed,
       a.decision as amended,
       a.becomes
     from strategy.outcome o
     left join lateral (
       select d.id as decision, ${promise.replaceAll('o.', 'm.')} as becomes
       from strategy.outcome_amendment m
       join core.decision d on d.subject_id = m.id and d.gate = 'G11' and d.side = 'B' and d.outcome like 'approve%'
       where m.outcome = o.id and m.kind = 'amend' and m.state = 'applied'
       order by d.recorded_at desc, d.id desc
       limit 1) a on true`,
  );
  return new Map(rows.map((each) => [each.id, each]));
}

export async function alteredPromises(
  pool: pg.Pool,
  known: Map<string, Promised>,
  checked: Checked,
): Promise<string[]> {
  const faults: string[] = [];
  for (const [id, now] of await promises(pool)) {
    const was = known.get(id);
    known.set(id, now);
    if (now.state !== 'agreed') continue;
    checked.targets += 1;
    if (now.agreed === null) faults.push(`outcome ${id} is agreed, and no business agreed it`);
    if (was?.state !== 'agreed' || same(was.promise, now.promise)) continue;
    const decided =
      now.amended !== was.amended && now.becomes
        ? was.promise.map((value, index) => now.becomes?.[index] ?? value)
        : was.promise;
    if (!same(decided, now.promise))
      faults.push(
        `outcome ${id} promises ${JSON.stringify(now.promise)}, and what was decided is ${JSON.stringify(decided)}`,
      );
  }
  return faults;
}

const same = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b);
