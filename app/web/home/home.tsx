// The first page: what waits for me if anything does, else the loop; an empty installation is shown around.
import type { LoopView } from '../loop/layout.ts';
import { Loop } from '../loop/loop.tsx';
import { useAnswer, useMe, useWaitingDecisions, useWaitingShares } from '../../../core/ui/queries.ts';
import { Waiting } from '../../../core/ui/states.tsx';
import { Announced } from '../access/announced.tsx';

import { FirstRun } from './first-run.tsx';
import { useOwned, Work } from './work.tsx';

const isEmpty = (loop: LoopView) =>
  loop.stages.every((each) => each.count === 0 && each.services.length === 0) &&
  loop.gates.every((each) => each.waiting === 0);

export function Home() {
  return (
    <>
      <Announced />
      <FirstPage />
    </>
  );
}

function FirstPage() {
  const waiting = useWaitingDecisions();
  const shares = useWaitingShares();
  const owned = useOwned(useMe().data?.person.id);
  const loop = useAnswer<LoopView>(['loop'], '/loop', { live: true });
  if (loop.isPending || waiting.isPending || shares.isPending || owned.isPending)
    return (
      <>
        <h1 className="visually-hidden">Start page</h1>
        <Waiting />
      </>
    );
  const isMine = (waiting.data?.items ?? []).some((each) => each.mine) || (shares.data && shares.data.items.length > 0);
  if (loop.data && isEmpty(loop.data)) {
    // Who notes people and organisations is still arranging; a case of one's own is work.
    const isAtWork = isMine || owned.data?.pages.some((page) => page.items.some(({ stage }) => stage !== 'party'));
    return isAtWork ? <Work /> : <FirstRun />;
  }
  return loop.isError || isMine ? <Work /> : <Loop />;
}
