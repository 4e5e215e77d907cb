// What an outcome promised, and since when: read from its journal, for the outcome itself is kept by another stage.
import type { Queryable } from '../../../core/database/queryable.ts';
import { movesTold } from '../../../core/journal/format/made.ts';
import type { FieldValues } from '../../../core/record/define/row.ts';
import type { OutcomePromise, PromiseSince } from './progress.ts';
import { promisesTold } from './store.ts';

/** The promises of an outcome, oldest first; a new one begins with each amendment, on its day where the customer is. */
export async function promisesOf(client: Queryable, provider: string, outcome: string): Promise<PromiseSince[]> {
  const promises: PromiseSince[] = [];
  for (const entry of await promisesTold(client, provider, outcome)) {
    const before = promises.at(-1);
    const promise = promiseIn({ ...before?.promise, ...entry.edits });
    const isAmended = before !== undefined && movesTold(entry).includes('amend');
    if (!isAmended) promises.pop();
    promises.push({ from: isAmended ? entry.day : (before?.from ?? null), promise });
  }
  return promises;
}

/** What an outcome promises. */
export function promiseIn({ baseline, target, direction }: FieldValues): OutcomePromise {
  return {
    baseline: typeof baseline === 'number' ? baseline : null,
    target: typeof target === 'number' ? target : null,
    direction: typeof direction === 'string' ? direction : null,
  };
}
