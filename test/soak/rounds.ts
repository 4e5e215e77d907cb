// Rounds of killing a real installation in the middle of its work: what was acknowledged stands, once, and nobody lends a hand
// but to start again what was killed.
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { backupRound, demoRound, emptyFolder, firstStartRound, importRound, restoreRound } from './commands.ts';
import type { CommandGround, CommandRound } from './commands.ts';
import { caller, settle } from './people.ts';
import type { People } from './people.ts';
import { command, endsProgram, freePort, killOf, start, victims } from './processes.ts';
import type { Server, Victims } from './processes.ts';
import { askAgain, nothingPromised, works } from './work.ts';
import type { Work } from './work.ts';

export interface Round {
  work: string;
  victims: Victims;
  killed: number;
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

export async function install(random: () => number = Math.random): Promise<Installation> {
  const dataFolder = emptyFolder();
  const port = await freePort();
  let server = await start(dataFolder, port, /First sign-in.*\n/);
  const people = await settle(server.url, server.firstLink ?? '');

  const ofServer = async (work: Work, which: Victims, prepare: () => Promise<unknown>): Promise<Round> => {
    const promised = nothingPromised();
    const ground = { url: server.url, people };
    let isOver = false;
    const running = [1, 2, 3, 4].map(() => work.run(ground, promised, () => isOver));
    while (promised.acknowledged < 12)
      await Promise.race([wait(5), ...running.map((each) => each.then(() => wait(5)))]);
    await prepare();
    await wait(random() * 400);
    const killed = killOf(server, which);
    isOver = endsProgram(which);
    // Who is not killed goes on with what it had begun, or learns that the server is away.
    if (!isOver) setTimeout(() => (isOver = true), 300);
    await Promise.all(running);
    const since = performance.now();
    server = await comesBack(server, which, () => start(dataFolder, port));
    const back = (performance.now() - since) / 1000;
    await askAgain(promised);
    const faults = await work.faults(ground, promised);
    faults.push(...(await verified(dataFolder)));
    return { work: work.name, victims: which, killed, acknowledged: promised.acknowledged, back, faults };
  };

  const round = async (index: number): Promise<Round> => {
    const kind = kinds[index % kinds.length] ?? '';
    const which = victims[index % victims.length] ?? 'node';
    const ofCommand = commandRounds.find(([name]) => name === kind)?.[1];
    if (!ofCommand) {
      const work = works.find(({ name }) => name === kind) ?? works.at(-1);
      if (!work) throw new Error('there is no work to do');
      return {
        ...(await ofServer(work, which, () => (kind === rollUp ? beginRollUp(dataFolder) : Promise.resolve()))),
        work: kind,
      };
    }
    // A command is killed beside a server that is not: it shares the server's database, which comes back by itself.
    const since = performance.now();
    const { killed, faults } = await ofCommand({ dataFolder, server, people, random }, which);
    await answers(server.url, people);
    faults.push(...(await verified(dataFolder)));
    return { work: kind, victims: which, killed, acknowledged: 0, back: (performance.now() - since) / 1000, faults };
  };

  return {
    round,
    close: async () => {
      server.child.kill('SIGTERM');
      await server.ended;
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

async function verified(dataFolder: string): Promise<string[]> {
  const { told } = await command(dataFolder, 'verify');
  return /^verify: no difference/m.test(told) ? [] : told.trim().split('\n').slice(-5);
}

/** One line for a person. */
export const inWords = ({ work, victims: which, killed, acknowledged, back, faults }: Round): string =>
  `${work}, killed: ${which} (${killed} processes), ${acknowledged} acts acknowledged, back after ${back.toFixed(1)} s: ${faults.length ? faults.join(' | ') : 'whole'}`;
