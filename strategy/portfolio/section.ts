import type { MoveOf, StateOf } from '../../core/lifecycle/lifecycle.ts';
import type { LifecycleStage } from '../../core/record/define/define.ts';
import type { VersionState } from './lifecycle/service-version.ts';
import type { serviceLifecycle } from './lifecycle/service.ts';
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

/** States of a version whose package the business has agreed and funded. */
const agreed: readonly VersionState[] = [
  'approved',
  'chartered',
  'designed',
  'developed',
  'built',
  'tested',
  'released',
  'live_els',
  'live',
  'live_restricted',
  'retiring',
];

type ServiceState = StateOf<typeof serviceLifecycle>;
type ServiceMove = MoveOf<typeof serviceLifecycle>;

interface Stands {
  state: ServiceState;
  isTakenOver: boolean;
}

/** The move that brings a service to where its versions put it; while it retires it is still supported and stays. */
export function sectionMove(
  { state: from, isTakenOver }: Stands,
  versions: readonly VersionState[],
): ServiceMove | undefined {
  const status = bestStatus(versions);
  if (!status) return undefined;
  if (status === 'retired') return from === 'retired' ? undefined : 'retire';
  if (portfolioSection(status) === 'catalogue') return from === 'catalogue' ? undefined : 'enter-catalogue';
  const isAgreed = versions.some((each) => agreed.includes(each));
  if (from === 'undecided') return isAgreed ? 'need-agreed' : undefined;
  if (from === 'taken_over') return isAgreed ? undefined : 'need-gone';
  if (portfolioSection(status) !== 'pipeline') return undefined;
  if (from === 'catalogue') return isTakenOver ? 'run-as-before' : 'leave-catalogue';
  return from === 'retired' ? 'revive' : undefined;
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
