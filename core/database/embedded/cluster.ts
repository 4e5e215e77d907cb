import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { DatabaseUnavailable } from './unavailable.ts';

/** What a new cluster is made of. */
export type ClusterPlan = { dataFolder: string; binaries: Binaries; account: Account; ownerPassword: string };

/**
 * Returns the cluster's folder, made by initdb when there is none.
 * initdb works in `cluster.new`, renamed when whole: half a cluster never bears the name. Leftovers of an interrupted one go.
 */
export async function ensureCluster(plan: ClusterPlan): Promise<string> {
  const cluster = join(plan.dataFolder, 'cluster');
  for (const name of await readdir(plan.dataFolder)) {
    if (name.startsWith('cluster.new') || name === 'initdb-password')
      await rm(join(plan.dataFolder, name), { recursive: true, force: true });
  }
  if (existsSync(cluster)) requireSameMajor(cluster, plan.binaries);
  else await makeCluster(cluster, plan);
  return cluster;
}

async function makeCluster(
  cluster: string,
  { dataFolder, binaries, account, ownerPassword }: ClusterPlan,
): Promise<void> {
  const fresh = `${cluster}.new`;
  const passwordFile = join(dataFolder, 'initdb-password');
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(passwordFile, ownerPassword, { mode: 0o600 });
  try {
    if (account) for (const path of [fresh, passwordFile]) await chown(path, account.uid, account.gid);
    const run = spawnSync(
      join(binaries.folder, 'initdb'),
      [...initdbArguments(fresh, passwordFile), ...(await settings())],
      {
        ...account,
        cwd: '/',
        env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
        encoding: 'utf8',
      },
    );
    if (run.status !== 0)
      throw new DatabaseUnavailable(
        `The database cannot be made in ${cluster}: ${run.error?.message ?? run.stderr.trim()}`,
      );
    await rename(fresh, cluster);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

// The built-in C.UTF-8 sorts alike on every system and release of ICU, so an index never goes stale by an upgrade.
// scram and not trust: root lends the account `nobody`, which other daemons of the machine may use too.
const initdbArguments = (folder: string, passwordFile: string): string[] => [
  `--pgdata=${folder}`,
  `--pwfile=${passwordFile}`,
  '--username=owner',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  '--no-instructions',
];

/** First values of postgresql.conf; the operator may edit them there. */
async function settings(): Promise<string[]> {
  const chosen = [
    'max_connections=100',
    'shared_buffers=256MB',
    'wal_compression=on',
    'max_wal_size=1GB',
    'log_min_duration_statement=500',
    'timezone=UTC',
    'log_timezone=UTC',
  ];
  if (await hasSmallSharedMemory()) chosen.push('dynamic_shared_memory_type=mmap');
  return chosen.flatMap((setting) => ['-c', setting]);
}

/** Containers are often given 64 MB of /dev/shm, which a parallel query outgrows. */
async function hasSmallSharedMemory(): Promise<boolean> {
  if (!existsSync('/dev/shm')) return process.platform === 'linux';
  const { bsize, blocks } = await statfs('/dev/shm');
  return bsize * blocks < 256 * 1024 * 1024;
}

function requireSameMajor(cluster: string, binaries: Binaries): void {
  const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const have = binaries.version.split('.')[0];
  if (made !== have) {
    throw new DatabaseUnavailable(
      `${cluster} was made by PostgreSQL ${made} and this is ${have}: restore a backup into a new data folder, or set PG_BIN_DIR to PostgreSQL ${made}.`,
    );
  }
}
