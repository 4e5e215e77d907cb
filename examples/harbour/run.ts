// The example, step by step. Every act but the local import goes through the API, by the person whose act it is.
import { setScene } from './cast.ts';
import type { ExampleGround, PlayedExample } from '../../app/server/example.ts';
import type { Scene } from './cast.ts';
import { improve, justify, later, raise } from './improvement.ts';
import type { Log } from './log.ts';
import { bringIn, measureValue } from './operation.ts';
import { setPolicies } from './policies.ts';
import { deviationsOf, matrixTable, threadTable } from './print.ts';
import { agree, design } from './strategy.ts';
import type { Agreed } from './strategy.ts';
import { openCases } from './today.ts';
import { transition } from './transition.ts';

/** How many of the lines that `tell` hears begin a step of the example: those that are not set in. */
export const stepsOfExample = 9;

export interface Walked {
  stage: Scene;
  agreed: Agreed;
}

/** Walks a service from the sentence the business wrote to live operation, before the log's first row. */
export async function walkToLive(
  local: ExampleGround,
  url: string,
  endOfLog: string,
  tell: (step: string) => void,
): Promise<Walked> {
  const stage = await setScene(local, url, '2015-09-07T12:00:00.000Z', endOfLog);
  tell(`${stage.providerName}: ${Object.keys(stage.cast).length} people of both sides, each with a key of their own`);
  await setPolicies(stage);
  const agreed = await agree(stage);
  tell('Strategy: requirement agreed (G1), package checked (P1), funded (G2), chartered (P2)');
  const designed = await design(stage, agreed);
  tell('Design: complete (P3), refused once by the business, answered, accepted (G3)');
  await transition(stage, agreed, designed);
  tell(
    'Transition: built (P4, P5), validated (P6), evaluated (P7), ready (P8), accepted (G4), deployed (P9, P10), early life ended (G5)',
  );
  return { stage, agreed };
}

/** The whole example: all five stages, and the first step of the next turn. */
export async function runExample(
  local: ExampleGround,
  url: string,
  log: Log,
  tell: (step: string) => void,
): Promise<PlayedExample> {
  const { stage, agreed } = await walkToLive(local, url, log.end, tell);
  const { cast, at } = stage;
  await at(log.end);
  tell(`Operation: ${log.name}`);
  const imported = await bringIn(stage, agreed, log, tell);
  tell(
    `  ${imported.records.toLocaleString('en')} incidents from ${imported.rowsRead.toLocaleString('en')} rows, ${(imported.unreadable + imported.leftOut).toLocaleString('en')} rejected`,
  );
  tell(`  ${deviationsOf(imported.deviations)}`);
  await at(later(log.end, 1));
  await cast.improvement.post('/measurement/observed-periods', {
    service: agreed.service,
    from: log.observed.from,
    to: log.observed.to,
    minN: log.observed.minN,
  });
  await cast.improvement.post('/measurement/rollups/catch-up');
  const { told } = await cast.operations.post(`/services/${agreed.service}/performances`);
  const entered = await measureValue(stage, agreed, log.observed);
  tell(
    `Measures filled; ${told} months handed over to Improvement; ${entered} monthly values of outcomes entered by their owner`,
  );
  const improved = await improve(stage, agreed, later(log.end, 2));
  if (!improved) tell('Improvement: the measures show nothing that calls for one');
  else
    tell(
      `Improvement: ${improved.improvement.ref} ${improved.improvement.title}\n  ${String(improved.improvement.fields.description).replaceAll('\n', '\n  ')}\n  funded by the business (G7), routed, and agreed as a new requirement (G1)`,
    );
  await at(later(log.end, 30));
  const next = improved?.other ?? (await raise(stage, agreed));
  if (next) await justify(stage, next, agreed);
  const cases = await openCases(stage, agreed, later(log.end, 30.3));
  tell(`Today: ${cases} cases are open at the desk${next ? '; one more improvement waits for the business (G7)' : ''}`);
  const { lines, broken } = await threadTable(cast.owner, improved?.requirement ?? agreed.requirement);
  tell(`\nThe thread, from the first requirement to the next:\n${lines.join('\n')}`);
  tell(broken ? `\n${broken} links of the thread are missing.` : '\nNo link of the thread is missing.');
  tell(`\nThe twelve cells:\n${(await matrixTable(cast.owner, agreed.service)).join('\n')}`);
  return { broken, providerName: stage.providerName, signIns: stage.signIns, password: stage.password };
}
