import { dayMs } from '../../core/clock/units.ts';
import { waitingByLineage, waitingCounts } from '../../core/decision/waiting-counts.ts';
import type { Principal } from '../../core/permission/principal.ts';
import type { Header } from '../../core/record/define/data.ts';
import type { LifecycleStage } from '../../core/record/define/define.ts';
import type { Application, Registry } from '../../core/record/define/work.ts';
import { crossStageBackEdges } from '../../handover/back-edges.ts';
import { stageOfVersion } from './section.ts';
import { backMovesSince, servicesOnTheLoop, valueOfServices } from './store/loop.ts';
import type { ServiceOnTheLoop } from './store/loop.ts';
import { weightedAttainment } from './value.ts';

const stages: readonly LifecycleStage[] = ['strategy', 'design', 'transition', 'operation', 'improvement'];
const daysLookedBack = 90;

export interface ServiceToken {
  header: Header;
  status: string;
  stage: LifecycleStage;
  value: number | null;
  waiting: number;
}

/** The loop of the five stages: where each service stands, what waits at which gate, what went back in ninety days. */
export async function loopOf(application: Application, principal: Principal, now: string) {
  const { pool } = application;
  const services = await servicesOnTheLoop(pool, principal);
  const tokens = await tokensOf(application, principal, services);
  const back = await backMovesSince(pool, principal, backMoves(application.registry), daysBefore(now, daysLookedBack));
  return {
    stages: stages.map((stage) => {
      const here = tokens.filter((token) => token.stage === stage);
      return { stage, count: here.length, services: here };
    }),
    gates: await waitingCounts(application, principal),
    backEdges: back,
  };
}

async function tokensOf(
  application: Application,
  principal: Principal,
  services: readonly ServiceOnTheLoop[],
): Promise<ServiceToken[]> {
  const values = await valueOfServices(
    application.pool,
    principal,
    services.map(({ header }) => header.id),
  );
  const waiting = await waitingByLineage(application, principal, [
    ...new Set(services.flatMap((each) => each.lineages)),
  ]);
  return services.flatMap(({ header, status, lineages, improving }) => {
    const stage =
      status && improving && stageOfVersion(status) === 'operation' ? 'improvement' : status && stageOfVersion(status);
    if (!status || !stage) return [];
    const outcomes = values.get(header.id) ?? [];
    const count = lineages.reduce((sum, lineage) => sum + (waiting.get(lineage) ?? 0), 0);
    return [{ header, status, stage, value: weightedAttainment(outcomes), waiting: count }];
  });
}

/** Every move that a lifecycle marks as going back, with the stages it joins. */
function backMoves(registry: Registry): { type: string; move: string; from: LifecycleStage; to: LifecycleStage }[] {
  const declared = [...registry.records.values()].flatMap(({ definition: { type, stage, lifecycle } }) => {
    if (stage === 'party') return [];
    return Object.entries(lifecycle.moves)
      .filter(
        ([move, each]) => each.back && !crossStageBackEdges.some((edge) => edge.type === type && edge.move === move),
      )
      .map(([move]) => ({ type, move, from: stage, to: stage }));
  });
  return [...declared, ...crossStageBackEdges];
}

function daysBefore(now: string, days: number): string {
  return new Date(Date.parse(now) - days * dayMs).toISOString();
}
