import { describe, expect, it } from 'vitest';
import { turns } from './turns.ts';

/** Work that waits until it is let go. */
const held = () => Promise.withResolvers<undefined>();

// Looked at besides: other queues of waiting work (live streams, uploads, jobs), which have bounds of their own.
describe('turns', () => {
  it('lets a few in at a time, others wait, and more than those are turned away at once', async () => {
    const { within, enter } = turns({ inside: 2, waiting: 3, inAll: 100 });
    const gate = held();
    const come = (key: string) => within(async () => (await enter(key)) && (await gate.promise, true));
    const first = Array.from({ length: 5 }, () => come('one'));
    expect(await Promise.all([come('one'), come('one')])).toEqual([false, false]);
    const other = come('other');
    gate.resolve(undefined);
    expect(await Promise.all([...first, other])).toEqual([true, true, true, true, true, true]);
    expect(await come('one')).toBe(true);
  });

  it('keeps no more waiting than so many of all keys together', async () => {
    const { within, enter } = turns({ inside: 1, waiting: 3, inAll: 4 });
    const gate = held();
    const come = (key: string) => within(async () => (await enter(key)) && (await gate.promise, true));
    const all = ['a', 'b', 'c'].flatMap((key) => [come(key), come(key), come(key)]);
    await Promise.resolve();
    const turnedAway = Promise.race([all[7], all[8]]);
    expect(await turnedAway).toBe(false);
    gate.resolve(undefined);
    expect((await Promise.all(all)).filter(Boolean)).toHaveLength(7);
  });
});
