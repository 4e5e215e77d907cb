// What of an improvement was computed from the figures of its metric; what somebody gave is never called measured. Pure.
import type { MeasuredFigure } from '../../core/record/define/work.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import { metricNamed } from '../measurement/index.ts';
import type { improvementRecord } from './record.ts';
import type { Baseline } from './window.ts';

type Improvement = Pick<RecordOf<typeof improvementRecord>, 'fields'>;

/** The baseline at the gate that funds it, the effect at the gate that confirms it. */
export function measuredOf(gate: string, { fields }: Improvement): MeasuredFigure[] {
  const { baselineFrozen: baseline, verdict, unit } = fields;
  if (baseline?.source !== 'metric') return [];
  const metric = metricNamed(fields.metric);
  if (!metric) return [];
  const { label, id } = metric;
  if (gate === 'G7') {
    const days = daysOf(baseline);
    if (!days) return [];
    const before = { kind: 'Justification with its baseline', label: `${label}: before`, value: baseline.level, unit };
    return [
      {
        ...before,
        ...days,
        n: baseline.points.length,
        at: baseline.frozenAt,
        records: recordsOf(id, fields.service, days),
      },
    ];
  }
  if (gate !== 'G9' || !verdict || verdict.source !== 'metric') return [];
  const after = { kind: 'Before and after, by a test fixed in advance', label: `${label}: after`, unit };
  const { window } = verdict;
  return [
    {
      ...after,
      ...window,
      value: verdict.after.mean,
      n: verdict.after.n,
      at: `${window.to}T00:00:00.000Z`,
      records: recordsOf(id, fields.service, window),
    },
  ];
}

function daysOf({ points }: Baseline): { from: string; to: string } | undefined {
  const [first, last] = [points.at(0), points.at(-1)];
  return first && last ? { from: first.at, to: last.at } : undefined;
}

const recordsOf = (metric: string, service: string | null, { from, to }: { from: string; to: string }): string | null =>
  service &&
  `/measurement/${encodeURIComponent(metric)}/records?${new URLSearchParams({ service, from, to }).toString()}`;
