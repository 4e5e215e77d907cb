// A real installation, killed in the middle of its work. On Linux, where a process's children can be told.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { emptyFolder } from '../soak/commands.ts';
import { fullDisk } from '../soak/disk.ts';
import { freePort, killOf, start } from '../soak/processes.ts';
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

it.runIf(process.platform === 'linux')(
  'ends when it is told to, though its database is away and cannot come back',
  async () => {
    const folder = emptyFolder();
    const server = await start(folder, await freePort());
    writeFileSync(join(folder, 'cluster/postgresql.conf'), 'shared_buffers = nonsense\n');
    killOf(server, 'postmaster');
    await expect.poll(server.told, { timeout: 20_000 }).toContain('does not start');
    server.child.kill('SIGTERM');
    await server.ended;
    expect(server.told()).toContain('Stopping ...');
    rmSync(folder, { recursive: true });
  },
  90_000,
);
