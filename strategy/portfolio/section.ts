import type { LifecycleStage } from '../../core/record/define/define.ts';
import type { VersionState } from './lifecycle/service-version.ts';
import { lookup } from '../../core/names/lookup.ts';

export type Section = 'pipeline' | 'catalogue' | 'retired' | 'on_hold' | 'cancelled';

/** Where a version of this status stands in the portfolio: the section is derived, never stored (model B.4). */
export function portfolioSection(state: VersionState): Section {
  if (state === 'on_hold' || state === 'cancelled') return state;
  if (state === 'retiring' || state === 'retired') return 'retired';
  return state === 'live_els' || state === 'live' || state === 'live_restricted' ? 'catalogue' : 'pipeline';
}

/** Statuses from the best for a user to the least: the service shows that of its best version. */
const ranking: readonly VersionState[] = [
  'live',
  'live_restricted',
  'live_els',
  'retiring',
  'released',
  'tested',
  'built',
  'developed',
  'designed',
  'chartered',
  'approved',
  'analysed',
  'defined',
  'requirements',
  'on_hold',
  'retired',
  'cancelled',
];

/** The status a service shows, of those of its versions; null without a version. */
export function bestStatus(states: readonly VersionState[]): VersionState | null {
  return ranking.find((state) => states.includes(state)) ?? null;
}

const stageOf: Readonly<Record<VersionState, LifecycleStage | null>> = lookup({
  requirements: 'strategy',
  defined: 'strategy',
  analysed: 'strategy',
  approved: 'strategy',
  on_hold: 'strategy',
  chartered: 'design',
  designed: 'transition',
  developed: 'transition',
  built: 'transition',
  tested: 'transition',
  released: 'transition',
  live_els: 'transition',
  live: 'operation',
  live_restricted: 'operation',
  retiring: 'operation',
  retired: null,
  cancelled: null,
});

/** The stage that works on a version of this status; null when none does any more. */
export function stageOfVersion(state: VersionState): LifecycleStage | null {
  return stageOf[state];
}
