// The first page: what waits for me if anything does, else the loop; an empty installation is shown around.
import type { WaitingReply } from '../contract.ts';
import type { LoopView } from '../loop/layout.ts';
import { Loop } from '../loop/loop.tsx';
import { useAnswer } from '../queries.ts';
import { Waiting } from '../states.tsx';

import { FirstRun } from './first-run.tsx';
import { Work } from './work.tsx';

const isEmpty = (loop: LoopView) =>
  loop.stages.every((each) => each.count === 0 && each.services.length === 0) &&
  loop.gates.every((each) => each.waiting === 0);

export function Home() {
  const waiting = useAnswer<WaitingReply>(['decisions', ''], '/decisions/waiting?limit=50');
  const loop = useAnswer<LoopView>(['loop'], '/loop');
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
