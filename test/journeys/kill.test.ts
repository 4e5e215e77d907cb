// A real installation, killed in the middle of its work. On Linux, where a process's children can be told.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fullDisk } from '../soak/disk.ts';
import { inWords, install } from '../soak/rounds.ts';
import type { Installation } from '../soak/rounds.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await install();
}, 180_000);
afterAll(() => installation.close());

// Of the plan that `npm run soak` goes through: all kinds of victims, and the kinds of work that take no minute each.
const rounds = [0, 1, 2, 4, 5, 6, 7, 12, 13, 14];

it.runIf(process.platform === 'linux').each(rounds)(
  'loses nothing acknowledged, doubles nothing, and comes back without a hand: round %i',
  async (index) => {
    const round = await installation.round(index);
    expect(round.faults, inWords(round)).toEqual([]);
  },
  90_000,
);

it.runIf(process.platform === 'linux')(
  'says that the disk is full, and goes on by itself when there is room again',
  async (context) => {
    const { skipped, acknowledged, faults } = await fullDisk();
    if (skipped) return context.skip(skipped);
    expect(faults).toEqual([]);
    expect(acknowledged).toBeGreaterThan(0);
  },
  120_000,
);
