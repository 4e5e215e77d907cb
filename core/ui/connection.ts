// Whether the server answers. When it does not, the banner says so, and it is asked again until it does.
import { createStore } from './store.ts';

export const reachable = createStore(true);
const recheckAfter = 3000;
let timer: ReturnType<typeof setTimeout> | undefined;

async function ask() {
  timer = undefined;
  const alive = await fetch('/readyz').then(
    (response) => response.ok,
    () => false,
  );
  reportReachable(alive);
}

export function reportReachable(alive: boolean) {
  reachable.set(alive);
  if (!alive && timer === undefined) timer = setTimeout(ask, recheckAfter);
}

/** Asks at once: something hints that the server may be gone. */
export function checkReachable() {
  if (timer === undefined) void ask();
}

/** Runs whenever the server answers again after it did not. */
export function onReturn(run: () => void): () => void {
  return reachable.subscribe(() => {
    if (reachable.get()) run();
  });
}

/** Resolves as soon as the server answers. */
export function whenReachable(): Promise<void> {
  if (reachable.get()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = onReturn(() => {
      stop();
      resolve();
    });
  });
}
