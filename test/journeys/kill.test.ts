// A real installation, killed in the middle of its work. On Linux, where a process's children can be told.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { install, victims } from '../support/kill-rounds.ts';
import type { Installation } from '../support/kill-rounds.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await install();
}, 180_000);
afterAll(() => installation.close());

const rounds = Array.from({ length: 5 }, (_, index) => ({
  round: index + 1,
  which: victims[index % victims.length] ?? 'node',
}));

it.runIf(process.platform === 'linux').each(rounds)(
  'loses nothing acknowledged, and starts without a hand: round $round, killed: $which',
  async ({ which }) => {
    const round = await installation.round(which);
    expect(round.missing).toEqual([]);
    expect(round.verify).toMatch(/^verify: no difference in /);
    expect(round.acknowledged).toBeGreaterThan(0);
    expect(round.killed).toBeGreaterThanOrEqual({ node: 1, 'node and postmaster': 2, 'every process': 8 }[which]);
  },
  60_000,
);
