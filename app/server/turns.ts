import { AsyncLocalStorage } from 'node:async_hooks';

interface Queue {
  inside: number;
  waiting: (() => void)[];
}

/**
 * Lets a few in at a time by key, the others in turn: of many guesses at once the later ones then see how the earlier went.
 * Whoever came in goes out when the work given to `within` ends, however that ends.
 */
export function turns(most: number) {
  const queues = new Map<string, Queue>();
  const held = new AsyncLocalStorage<string[]>();

  function leave(key: string): void {
    const queue = queues.get(key);
    if (!queue) return;
    const next = queue.waiting.shift();
    if (next) return next(); // its place goes on to the next
    queue.inside -= 1;
    if (queue.inside === 0) queues.delete(key);
  }

  return {
    within: async <T>(work: () => Promise<T>): Promise<T> => {
      const keys: string[] = [];
      try {
        return await held.run(keys, work);
      } finally {
        keys.forEach(leave);
      }
    },
    enter: async (key: string): Promise<void> => {
      const keys = held.getStore();
      if (!keys) return; // nobody would let it out again: a call that came by no request
      const queue = queues.get(key) ?? { inside: 0, waiting: [] };
      queues.set(key, queue);
      if (queue.inside < most) queue.inside += 1;
      else await new Promise<void>((resolve) => queue.waiting.push(resolve));
      keys.push(key);
    },
  };
}
