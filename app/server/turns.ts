import { AsyncLocalStorage } from 'node:async_hooks';

interface Queue {
  inside: number;
  waiting: (() => void)[];
}

interface Bounds {
  /** So many of a key are in at a time. */
  inside: number;
  /** So many of a key wait; who comes besides is turned away. */
  waiting: number;
  /** So many wait of all keys together. */
  inAll: number;
}

/**
 * Lets a few in at a time by key, the others in turn: of many guesses at once the later ones then see how the earlier went.
 * Whoever came in goes out when the work given to `within` ends, however that ends.
 */
export function turns(most: Bounds) {
  const queues = new Map<string, Queue>();
  const held = new AsyncLocalStorage<string[]>();
  let waiting = 0;

  function leave(key: string): void {
    const queue = queues.get(key);
    if (!queue) return;
    const next = queue.waiting.shift();
    if (next) {
      waiting -= 1;
      return next(); // its place goes on to the next
    }
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
    /** Whether it came in; false where too many wait already. */
    enter: async (key: string): Promise<boolean> => {
      const keys = held.getStore();
      if (!keys) return true; // nobody would let it out again: a call that came by no request
      const queue = queues.get(key) ?? { inside: 0, waiting: [] };
      queues.set(key, queue);
      if (queue.inside < most.inside) queue.inside += 1;
      else {
        if (queue.waiting.length >= most.waiting || waiting >= most.inAll) return false;
        waiting += 1;
        await new Promise<void>((resolve) => queue.waiting.push(resolve));
      }
      keys.push(key);
      return true;
    },
  };
}
