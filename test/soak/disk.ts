// A disk that fills up under an installation and gets room again. It is mounted for that, which takes an account that may.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { emptyFolder } from './commands.ts';
import { caller, isAway, settle } from './people.ts';
import { freePort, start } from './processes.ts';
import { askAgain, nothingPromised, works } from './work.ts';

const mib = 1024 ** 2;

/** What a round of a full disk told; `skipped` where nothing can be mounted here. */
export interface FullDisk {
  skipped?: string;
  acknowledged: number;
  /** What calls were answered while it was full: the words of the refusals. */
  told: string[];
  faults: string[];
}

export async function fullDisk(): Promise<FullDisk> {
  const folder = emptyFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=420m', 'tmpfs', folder], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true });
    return { skipped: `no disk can be mounted here: ${mounted.stderr?.trim()}`, acknowledged: 0, told: [], faults: [] };
  }
  try {
    return await fillAndFree(folder);
  } finally {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fillAndFree(disk: string): Promise<FullDisk> {
  chmodSync(disk, 0o711);
  const dataFolder = join(disk, 'data');
  const server = await start(dataFolder, await freePort(), /First sign-in.*\n/);
  const people = await settle(server.url, server.firstLink ?? '');
  const [work] = works;
  if (!work) throw new Error('there is no work to do');
  const ground = { url: server.url, people };
  const promised = nothingPromised();
  // Nearly full: what is left is used up by the writers.
  const ballast = join(disk, 'ballast');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 6 * mib)));
  await Promise.all([1, 2, 3, 4].map(() => work.run(ground, promised, () => false)));
  const told = new Set<string>();
  for (let tries = 0; tries < 20; tries++) {
    await caller(server.url, people.administrator)
      .post('/teams', { title: 'One more' })
      .catch((error: unknown) => {
        if (!isAway(error)) throw error;
        told.add(error instanceof Error ? error.message : String(error));
      });
    await wait(100);
  }
  rmSync(ballast);
  await askAgain(promised);
  const faults = await work.faults(ground, promised);
  if (![...told].some((text) => text.includes('database.full'))) faults.push('nobody was told that the disk is full');
  server.child.kill('SIGTERM');
  await server.ended;
  return { acknowledged: promised.acknowledged, told: [...told], faults };
}
