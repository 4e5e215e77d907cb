import { setTimeout as wait } from 'node:timers/promises';
import type { Hold } from './hold.ts';

/** Between two tries to start the server again, in milliseconds: soon at first, then ever more rarely. */
const pauses = [0, 250, 1000, 2000];
const longestPause = 5000;

/**
 * Keeps a hold: takes it anew, and starts the server again for it, whenever the server drops it. Tries until it succeeds or
 * the hold is let go of: room on a disk comes back when somebody makes it.
 */
export function keepHold(
  first: Hold,
  takeAgain: () => Promise<Hold>,
  told: (line: string) => void,
): Pick<Hold, 'letGo'> {
  let hold = first;
  const letGo = new AbortController();
  const { signal } = letGo;

  const again = async () => {
    told('The database ended. It is started again ...');
    let reason = '';
    for (let tries = 0; !signal.aborted; tries++) {
      await wait(pauses[tries] ?? longestPause, undefined, { signal }).catch(() => undefined); // it is let go of
      if (signal.aborted) return;
      try {
        hold = await takeAgain();
        told('The database is back.');
        return follow();
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (why !== reason) told(why);
        reason = why;
      }
    }
  };
  let running: Promise<void> = Promise.resolve();
  const follow = () => {
    void hold.lost.then(() => {
      if (!signal.aborted) running = again();
    });
  };
  follow();
  return {
    async letGo() {
      letGo.abort();
      await running;
      await hold.letGo();
    },
  };
}
