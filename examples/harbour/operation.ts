// Operation of the example: the log is its history; the measures fill from it; the business enters what it measured.
import { randomUUID } from 'node:crypto';
import { systemPrincipal } from '../../core/permission/principal.ts';
import type { Mapping } from '../../core/import/mapping.ts';
import { importRecords } from '../../core/import/run.ts';
import type { ImportResult } from '../../core/import/under-way.ts';
import { fileSource } from '../../core/import/source.ts';
import type { Scene } from './cast.ts';
import type { Agreed } from './strategy.ts';

/** Brings the log in as what happened in operation. */
export async function bringIn(
  stage: Scene,
  agreed: Agreed,
  log: { file: string; mapping: Mapping },
  tell: (step: string) => void,
): Promise<ImportResult> {
  const { local, providerId, customerId, endOfLog } = stage;
  let told = 0;
  return importRecords({
    application: { pool: local.pool, registry: local.registry, clock: Date.now },
    caller: { principal: systemPrincipal(providerId, 'import', endOfLog), channel: 'import', requestId: randomUUID() },
    source: fileSource(log.file),
    type: 'incident',
    mapping: log.mapping,
    given: { service: agreed.service },
    customer: customerId,
    isDry: false,
    rejected: ({ line, reason }) => tell(`  line ${line} rejected: ${reason}`),
    progress: ({ state, rowsDone, rowsRead }) => {
      const quarters = state === 'writing' ? Math.floor((rowsDone / rowsRead) * 4) : 0;
      if (quarters > told) {
        told = quarters;
        tell(`  ${rowsDone.toLocaleString('en')} of ${rowsRead.toLocaleString('en')} rows`);
      }
    },
  });
}

interface Point {
  at: string;
  value: number | null;
  n: number;
}

/** The business enters, month by month, what the record of every incident shows: the value of its outcomes. */
export async function measureValue(
  { cast }: Scene,
  agreed: Agreed,
  observed: { from: string; to: string },
): Promise<number> {
  const months = monthsWithin(observed.from, observed.to);
  const instruments = [
    [agreed.outcomes.restore, 'restore-median'],
    [agreed.outcomes.handovers, 'PE-5'],
  ] as const;
  let entered = 0;
  for (const [outcome, metric] of instruments) {
    const series = await cast.owner.get(
      `/measurement/metrics/${metric}/series?service=${agreed.service}&grain=month&from=${observed.from}&to=${observed.to}`,
    );
    for (const { from, to } of months) {
      const point: Point | undefined = series.points.find((each: Point) => each.at.slice(0, 7) === from.slice(0, 7));
      if (!point || point.value === null) continue;
      await cast.owner.create('outcome-measurements', {
        title: `${series.metric.label}, ${from.slice(0, 7)}`,
        outcome,
        periodFrom: from,
        periodTo: to,
        value: Math.round(point.value * 100) / 100,
        grade: 'C',
        source: `Metric ${metric}: ${series.metric.formula}`.slice(0, 200),
        evidence: `${point.n.toLocaleString('en')} incidents of the month are behind it.`,
      });
      entered += 1;
    }
  }
  return entered;
}

/** Whole calendar months within two days. */
export function monthsWithin(from: string, to: string): { from: string; to: string }[] {
  const months: { from: string; to: string }[] = [];
  let first = Temporal.PlainDate.from(from).with({ day: 1 });
  if (Temporal.PlainDate.compare(first, from) < 0) first = first.add({ months: 1 });
  for (;;) {
    const last = first.add({ months: 1 }).subtract({ days: 1 });
    if (Temporal.PlainDate.compare(last, to) > 0) return months;
    months.push({ from: first.toString(), to: last.toString() });
    first = first.add({ months: 1 });
  }
}
