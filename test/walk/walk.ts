// A seeded random walk: acts of twelve people on the example's thread, each that altered something followed by a look of the oracle.
import { verify } from '../../core/journal/verify.ts';
import { catchUp } from '../../core/journal/follow.ts';
import { allSubscribers } from '../../app/server/background.ts';
import type { TestApplication } from '../support/application.ts';
import type { Answer } from '../support/client.ts';
import { checkWitness } from '../support/witness.ts';
import { acts } from './acts.ts';
import { chanceOf } from './chance.ts';
import { enter } from './grounds.ts';
import type { Grounds } from './grounds.ts';
import { oracleOf } from './oracle.ts';
import type { Oracle } from './oracle.ts';
import type { Checked } from './watched.ts';
import { foreign } from './foreign.ts';
import type { Calls } from './foreign.ts';
import { worldOf } from './world.ts';
import type { World } from './world.ts';

export interface Walked {
  /** What the oracle found, with the act that led there; or what `verify` did. */
  faults: string[];
  acts: number;
  accepted: number;
  /** By kind of act: tried and accepted. */
  kinds: Map<string, { tried: number; accepted: number }>;
  refused: Map<string, number>;
  states: Set<string>;
  gates: Set<string>;
  checked: Checked;
}

export interface WalkOptions {
  seed: number;
  /** How many walks. */
  walks: number;
  /** How many acts each has. */
  acts: number;
  calls: Calls;
}

/** Jobs by which something happens by itself. */
const byThemselves = [
  'moves-by-themselves',
  'conditions',
  'criterion-waivers-by-date',
  'strategy-policies-by-date',
  'strategy-promises-kept',
  'problem-reviews',
];

/** Days pass: what is due happens by itself, and whoever follows the journal catches up. */
async function pass(app: TestApplication, { pool, grounds, chance }: World): Promise<void> {
  await pool.query(`update core.provider set scenario_now = scenario_now + make_interval(hours => $2) where id = $1`, [
    grounds.providerId,
    1 + chance.below(chance.isOne(3) ? 240 : 12),
  ]);
  for (const job of byThemselves) await app.runJob(job);
  for (const subscriber of allSubscribers()) await catchUp(app.application, subscriber);
}

/** Some walks one after the other on one ground: each goes on where the one before it ended. */
export async function walks(
  app: TestApplication,
  grounds: Grounds,
  { seed, walks: many, acts: actsEach, calls }: WalkOptions,
): Promise<Walked[]> {
  const chance = chanceOf(seed);
  const begun = chance.weighed(grounds.kept, ({ name }) => (name === 'live' ? 3 : 1));
  if (!begun) throw new Error('there is no ground to walk on');
  const ground = await enter(app, begun.database);
  try {
    const { registry } = app.application;
    const world = await worldOf(registry, ground.ownerPool, grounds, chance);
    const told: Walked[] = [];
    while (told.length < many && told.every(({ faults }) => faults.length === 0)) {
      const walked = await walk(app, world, { acts: actsEach, calls });
      const where = `seed ${seed}, from ${begun.name}, walk ${told.length + 1}`;
      told.push({ ...walked, faults: walked.faults.map((fault) => `${where}, ${fault}`) });
    }
    return told;
  } finally {
    await ground.leave();
  }
}

async function walk(
  app: TestApplication,
  world: World,
  { acts: many, calls }: Pick<WalkOptions, 'acts' | 'calls'>,
): Promise<Walked> {
  const { chance, pool, registry, grounds } = world;
  const oracle = await oracleOf({ pool, registry, providerId: grounds.providerId, reader: grounds.reader });
  const walked: Walked = {
    faults: [],
    acts: 0,
    accepted: 0,
    kinds: new Map(),
    refused: new Map(),
    states: new Set(),
    gates: new Set(),
    checked: oracle.checked,
  };
  const all = [...acts, { name: 'anything', often: 5, act: foreign(calls) }];
  const look = async (after: string) => {
    await world.look();
    walked.faults.push(...(await oracle.look()).map((fault) => `act ${walked.acts}, ${after}: ${fault}`));
  };
  while (walked.acts < many && walked.faults.length === 0) {
    if (chance.isOne(12)) {
      await pass(app, world);
      await look('days passed');
    }
    const drawn = chance.weighed(all, ({ often }) => often);
    const answer = await drawn?.act(world);
    if (!drawn || !answer) continue;
    counted(walked, drawn.name, answer);
    if (answer.status >= 500) walked.faults.push(`act ${walked.acts}, ${drawn.name}: ${JSON.stringify(answer.body)}`);
    if (answer.status < 300) await look(drawn.name);
  }
  await reached(walked, world);
  walked.faults.push(...(await atTheEnd(app, pool, oracle)).map((fault) => `at its end: ${fault}`));
  return walked;
}

/** Everything once more, and what the journal and the witness say of it. */
async function atTheEnd(app: TestApplication, pool: World['pool'], oracle: Oracle): Promise<string[]> {
  const { differences } = await verify(pool, app.application.registry, app.keysFolder);
  await checkWitness(pool);
  return [...(await oracle.lookAtAll()), ...differences.map((each) => JSON.stringify(each))];
}

function counted(walked: Walked, name: string, { status, body }: Answer): void {
  walked.acts += 1;
  const kind = walked.kinds.get(name) ?? { tried: 0, accepted: 0 };
  kind.tried += 1;
  if (status < 300) {
    walked.accepted += 1;
    kind.accepted += 1;
  } else {
    const codes: string[] = body.refusals?.map(({ code }: { code: string }) => code) ?? [body.code];
    for (const code of new Set(codes)) walked.refused.set(code, (walked.refused.get(code) ?? 0) + 1);
  }
  walked.kinds.set(name, kind);
}

async function reached(walked: Walked, { pool }: World): Promise<void> {
  const { rows } = await pool.query<{ state: string }>(
    `select distinct record_type || ' ' || to_state as state from core.journal where to_state is not null`,
  );
  for (const { state } of rows) walked.states.add(state);
  const decided = await pool.query<{ gate: string }>('select distinct gate from core.decision');
  for (const { gate } of decided.rows) walked.gates.add(gate);
}
