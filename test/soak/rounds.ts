// Rounds of killing a real installation in the middle of its work: what was acknowledged stands, once, and nobody lends a hand
// but to start again what was killed.
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { minuteMs } from '../../core/clock/units.ts';
import { backupRound, demoRound, emptyFolder, firstStartRound, importRound, restoreRound } from './commands.ts';
import type { CommandGround, CommandRound } from './commands.ts';
import { caller, settle } from './people.ts';
import type { People } from './people.ts';
import { command, endsProgram, freePort, killOf, setClock, start, victims } from './processes.ts';
import type { Server, Victims } from './processes.ts';
import { askAgain, nothingPromised, works } from './work.ts';
import type { Work } from './work.ts';

export interface Round {
  work: string;
  victims: Victims;
  killed: number;
  /** How far ahead of the machine's the clock was set in the middle, in minutes; nothing when it was left alone. */
  clock?: number;
  acknowledged: number;
  /** Seconds until it answered again. */
  back: number;
  /** What was lost, doubled or half done, and what `verify` found. */
  faults: string[];
}

/** An installation of its own in a folder of its own, with the durability of a real one. */
export interface Installation {
  /** One round: the n-th of a plan that takes every kind of work with every kind of victim. */
  round: (index: number) => Promise<Round>;
  close: () => Promise<void>;
}

const commandRounds: readonly [string, (ground: CommandGround, which: Victims) => Promise<CommandRound>][] = [
  ['import', importRound],
  ['backup', backupRound],
  ['restore', restoreRound],
  ['first start', firstStartRound],
  ['example', demoRound],
];
const rollUp = 'roll-up';

/** Every kind of work, in turn; those of a running server come more often. */
export const kinds: readonly string[] = [
  ...works.map(({ name }) => name),
  rollUp,
  ...works.map(({ name }) => name),
  ...commandRounds.map(([name]) => name),
];

/**
 * Where the clock is set in the middle of a round, in minutes ahead of the machine's, in turn; null leaves it alone. As many as
 * have no divisor in common with kinds and victims, so that each meets each.
 */
export const clocks: readonly (number | null)[] = [null, 300, null, 291, 0, -45, null, -3, 26 * 60, null, 0];

/** The n-th round of the plan. */
export function planned(index: number): { kind: string; which: Victims; clock: number | null; whenDown: boolean } {
  const clock = clocks[index % clocks.length] ?? null;
  const kind = kinds[index % kinds.length] ?? '';
  // In every third course through the kinds nobody is killed when it is set: what goes on has to bear it.
  const which =
    clock !== null && Math.floor(index / kinds.length) % 3 === 1
      ? 'nobody'
      : (victims[index % victims.length] ?? 'node');
  return { kind, which, clock, whenDown: endsProgram(which) && index % 2 === 0 };
}

export async function install(random: () => number = Math.random): Promise<Installation> {
  const dataFolder = emptyFolder();
  const port = await freePort();
  let server = await start(dataFolder, port, /First sign-in.*\n/);
  const people = await settle(server.url, server.firstLink ?? '');

  const ofServer = async (
    work: Work,
    { which, clock, whenDown }: Pick<ReturnType<typeof planned>, 'which' | 'clock' | 'whenDown'>,
    prepare: () => Promise<unknown>,
  ): Promise<Round> => {
    const promised = nothingPromised();
    const ground = { url: server.url, people };
    let isOver = false;
    const running = [1, 2, 3, 4].map(() => work.run(ground, promised, () => isOver));
    while (promised.acknowledged < 12)
      await Promise.race([wait(5), ...running.map((each) => each.then(() => wait(5)))]);
    await prepare();
    if (clock !== null && !whenDown) setClock(clock * minuteMs);
    await wait(random() * 400);
    const killed = killOf(server, which);
    isOver = endsProgram(which);
    if (clock !== null && whenDown) setClock(clock * minuteMs);
    // Who is not killed goes on with what it had begun, or learns that the server is away.
    if (!isOver) setTimeout(() => (isOver = true), 300);
    await Promise.all(running);
    const since = performance.now();
    server = await comesBack(server, which, () => start(dataFolder, port));
    const back = (performance.now() - since) / 1000;
    await askAgain(promised);
    const faults = await work.faults(ground, promised);
    faults.push(...(await verified(dataFolder, clock)));
    const { acknowledged } = promised;
    return {
      work: work.name,
      victims: which,
      killed,
      ...(clock === null ? {} : { clock }),
      acknowledged,
      back,
      faults,
    };
  };

  const round = async (index: number): Promise<Round> => {
    const plan = planned(index);
    const { kind, which, clock } = plan;
    const ofCommand = commandRounds.find(([name]) => name === kind)?.[1];
    if (!ofCommand) {
      const work = works.find(({ name }) => name === kind) ?? works.at(-1);
      if (!work) throw new Error('there is no work to do');
      return {
        ...(await ofServer(work, plan, () => (kind === rollUp ? beginRollUp(dataFolder) : Promise.resolve()))),
        work: kind,
      };
    }
    // A command is killed beside a server that is not: it shares the server's database, which comes back by itself.
    const since = performance.now();
    if (clock !== null) setClock(clock * minuteMs);
    const { killed, faults } = await ofCommand({ dataFolder, server, people, random }, which);
    await answers(server.url, people);
    faults.push(...(await verified(dataFolder, clock)));
    const back = (performance.now() - since) / 1000;
    return { work: kind, victims: which, killed, ...(clock === null ? {} : { clock }), acknowledged: 0, back, faults };
  };

  return {
    round,
    close: async () => {
      server.child.kill('SIGTERM');
      await server.ended;
      setClock(0);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Lets the figures be rolled up now, so that it is in the middle of that. */
const beginRollUp = (dataFolder: string) =>
  command(dataFolder, 'psql', '-c', "insert into pgboss.job (name) values ('measurement-rollup')");

/** A program that was killed is started again by a supervisor; one that was not comes back by itself. */
async function comesBack(server: Server, which: Victims, again: () => Promise<Server>): Promise<Server> {
  if (endsProgram(which)) {
    await server.ended;
    return again();
  }
  for (let tries = 0; tries < 600; tries++) {
    const status = await fetch(`${server.url}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return server;
    await wait(50);
  }
  throw new Error(`${server.url} did not come back within 30 s: ${server.told().trim().split('\n').at(-1)}`);
}

async function answers(url: string, people: People): Promise<void> {
  await caller(url, people.administrator).get('/me');
}

/** What differs, once a checkpoint tells of a clock that was set back: it does within seconds. */
async function verified(dataFolder: string, clock: number | null): Promise<string[]> {
  if (clock !== null && !(await isToldOf(dataFolder, clock)))
    return ['no checkpoint tells that the clock was set back'];
  const { told } = await command(dataFolder, 'verify');
  return /^verify: no difference/m.test(told) ? [] : told.trim().split('\n').slice(-5);
}

async function isToldOf(dataFolder: string, clock: number): Promise<boolean> {
  const now = `now() + interval '${clock} minutes'`;
  // Entries wait for their minute behind a checkpoint that is of a moment before.
  const sql = `select case when at > ${now} and exists (select from core.journal where seq > seq_to) then 'waits' else 'told' end
    from core.checkpoint order by seq_to desc limit 1`;
  for (let tries = 0; tries < 20; tries++)
    if (!/waits/.test((await command(dataFolder, 'psql', '-c', sql)).told)) return true;
  return false;
}

/** One line for a person. */
export const inWords = ({ work, victims: which, killed, clock, acknowledged, back, faults }: Round): string =>
  `${work}, killed: ${which} (${killed} processes)${clock === undefined ? '' : `, clock set ${Math.abs(clock)} min ${clock < 0 ? 'behind' : 'ahead of'} the machine's`}, ${acknowledged} acts acknowledged, back after ${back.toFixed(1)} s: ${faults.length ? faults.join(' | ') : 'whole'}`;
