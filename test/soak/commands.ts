// Commands that are killed in the middle, and run again by somebody who only repeats what they did before.
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { People } from './people.ts';
import { command, endsProgram, freePort, killOf, program, start } from './processes.ts';
import type { Program, Victims } from './processes.ts';

export interface CommandGround {
  dataFolder: string;
  /** What runs on the data folder. */
  server: Program;
  people: People;
  random: () => number;
}

export interface CommandRound {
  killed: number;
  faults: string[];
}

/** A folder that root's database account passes through. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'servicewright-soak-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** Runs a command and kills it, or its database, on its way; killed too late it has simply ended. */
async function killedOnTheWay(
  dataFolder: string,
  args: readonly string[],
  { which, afterMs, server }: { which: Victims; afterMs: number; server?: Program },
): Promise<number> {
  const running = program(dataFolder, args);
  await Promise.race([wait(afterMs), running.ended]);
  // The database is the server's child where that runs.
  const victim = server && !endsProgram(which) ? server : running;
  const killed = running.child.exitCode === null ? killOf(victim, which) : 0;
  await running.ended;
  return killed;
}

const clean = (told: string): string[] => {
  const last = told.trim().split('\n').at(-1) ?? '';
  return /^verify: no difference/m.test(told) ? [] : [`verify: ${last}`];
};

/** Of rows that are imported; each must stand once however often the import was begun. */
export async function importRound(
  { dataFolder, server, people, random }: CommandGround,
  which: Victims,
): Promise<CommandRound> {
  const source = `soak-${randomUUID().slice(0, 8)}`;
  const folder = emptyFolder();
  const file = join(folder, 'cases.csv');
  const rows = Array.from(
    { length: cases },
    (_, row) => `K${row},5/1/2026 09:${String(row % 60).padStart(2, '0')},New`,
  );
  writeFileSync(file, `number,at,state\n${rows.join('\n')}\n`);
  const mapping = join(folder, 'mapping.json');
  writeFileSync(mapping, JSON.stringify(mappingOf(source)));
  const given = ['--service', people.service, '--customer', people.customer];
  const args = ['import', 'incidents', file, '--mapping', mapping, ...given];
  const killed = await killedOnTheWay(dataFolder, args, { which, afterMs: 500 + random() * 4000, server });
  const { code, told } = await command(dataFolder, ...args);
  const faults = code === 0 ? [] : [`the import did not end well the second time: ${told.trim().split('\n').at(-1)}`];
  const sql = `select 'stand ' || count(*) || ', ' || count(distinct title) from core.record where title like '%${source}'`;
  const stand = (await command(dataFolder, 'psql', '-c', sql)).told;
  if (!stand.includes(`stand ${cases}, ${cases}`)) faults.push(`of ${cases} imported: ${stand.trim()}`);
  rmSync(folder, { recursive: true });
  return { killed, faults };
}

const cases = 2000;

const mappingOf = (source: string): object => ({
  format: 1,
  source,
  zone: 'Europe/London',
  timeFormat: 'd/M/yyyy HH:mm',
  missing: [],
  key: 'number',
  occurredAt: 'at',
  state: { column: 'state', values: { New: { state: 'new' } } },
  title: `{number} of ${source}`,
  fields: {
    sourceKey: { column: 'number' },
    loggedAt: { column: 'at', as: 'instant', inStates: ['new'] },
  },
});

/** Of a backup: what was cut off is no backup, and the next one is whole and can be filled in elsewhere. */
export async function backupRound(
  { dataFolder, server, random }: CommandGround,
  which: Victims,
): Promise<CommandRound> {
  const folder = emptyFolder();
  const first = join(folder, 'first.gz');
  const killed = await killedOnTheWay(dataFolder, ['backup', first], { which, afterMs: 300 + random() * 1500, server });
  const faults: string[] = [];
  const second = join(folder, 'second.gz');
  const { code, told } = await command(dataFolder, 'backup', second);
  if (code !== 0) faults.push(`no backup after one that was killed: ${told}`);
  else faults.push(...(await restored(join(folder, 'a'), second)));
  if (existsSync(first)) {
    const again = await command(join(folder, 'b'), 'restore', first, '--signed-by', fingerprintIn(told));
    // It was whole already, or it is refused; half of it never stands.
    if (again.code === 0) faults.push(...clean((await command(join(folder, 'b'), 'verify')).told));
  }
  rmSync(folder, { recursive: true });
  return { killed, faults };
}

const fingerprintIn = (told: string): string => /\b([0-9a-f]{64})\b/.exec(told)?.[1] ?? '';

async function restored(folder: string, file: string): Promise<string[]> {
  const first = await command(folder, 'restore', file);
  const fingerprint = fingerprintIn(first.told);
  const { code, told } = first.code === 0 ? first : await command(folder, 'restore', file, '--signed-by', fingerprint);
  if (code !== 0) return [`the backup cannot be restored: ${told}`];
  return clean((await command(folder, 'verify')).told);
}

/** Of a restore: begun again in the same folder it ends well, or had ended well before. */
export async function restoreRound({ dataFolder, random }: CommandGround, which: Victims): Promise<CommandRound> {
  const folder = emptyFolder();
  const file = join(folder, 'whole.gz');
  const made = await command(dataFolder, 'backup', file);
  if (made.code !== 0) return { killed: 0, faults: [`no backup: ${made.told}`] };
  const target = join(folder, 'target');
  const told = (await command(join(folder, 'asked'), 'restore', file)).told;
  const args = ['restore', file, '--signed-by', fingerprintIn(told)];
  const killed = await killedOnTheWay(target, args, { which, afterMs: 500 + random() * 4000 });
  const again = await command(target, ...args);
  const stoodAlready = /holds records/.test(again.told);
  const faults =
    again.code === 0 || stoodAlready ? [] : [`the restore did not end well the second time: ${again.told}`];
  faults.push(...clean((await command(target, 'verify')).told));
  rmSync(folder, { recursive: true });
  return { killed, faults };
}

/** Of a first start: begun again it is ready, with a link for the first administrator. */
export async function firstStartRound({ random }: CommandGround, which: Victims): Promise<CommandRound> {
  const folder = emptyFolder();
  const port = await freePort();
  // What would start its database again and go on is ended whole: this is about a start that is cut off.
  const killed = await killedOnTheWay(folder, ['start', '--port', String(port)], {
    which: endsProgram(which) ? which : 'every process',
    afterMs: 100 + random() * 4000,
  });
  const server = await start(folder, port, /First sign-in.*\n/);
  const { status } = await fetch(`${server.url}/readyz`);
  server.child.kill('SIGTERM');
  await server.ended;
  const faults = status === 200 ? clean((await command(folder, 'verify')).told) : [`not ready: ${status}`];
  rmSync(folder, { recursive: true });
  return { killed, faults };
}

/** Of the example: killed on the way it leaves nothing that stands in the way of the next try, or of anybody's work. */
export async function demoRound({ dataFolder, server, random }: CommandGround, which: Victims): Promise<CommandRound> {
  const killed = await killedOnTheWay(dataFolder, ['demo', 'incident-log'], {
    which,
    afterMs: 1000 + random() * 8000,
    server,
  });
  const { code, told } = await command(dataFolder, 'demo', 'incident-log');
  const faults = code === 0 ? [] : [`the example could not be played again: ${told.trim().split('\n').at(-1)}`];
  return { killed, faults };
}
