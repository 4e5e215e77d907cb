// The first page: what waits for me if anything does, else the loop; an empty installation is shown around.
import type { LoopView } from '../loop/layout.ts';
import { Loop } from '../loop/loop.tsx';
import { useAnswer, useWaitingDecisions } from '../../../core/ui/queries.ts';
import { Waiting } from '../../../core/ui/states.tsx';

import { FirstRun } from './first-run.tsx';
import { Work } from './work.tsx';

const isEmpty = (loop: LoopView) =>
  loop.stages.every((each) => each.count === 0 && each.services.length === 0) &&
  loop.gates.every((each) => each.waiting === 0);

export function Home() {
  const waiting = useWaitingDecisions();
  const loop = useAnswer<LoopView>(['loop'], '/loop', { live: true });
  if (loop.isPending || waiting.isPending)
    return (
      <>
        <h1 className="visually-hidden">Start page</h1>
        <Waiting />
      </>
    );
  if (loop.data && isEmpty(loop.data)) return <FirstRun />;
  return loop.isError || waiting.data?.items.some((each) => each.mine) ? <Work /> : <Loop />;
}
