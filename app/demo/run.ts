// The example, step by step. Every act but the local import goes through the API, by the person whose act it is.
import type { Local } from '../cli/local.ts';
import { setStage } from './cast.ts';
import type { Stage } from './cast.ts';
import { agree, design } from './strategy.ts';
import type { Agreed } from './strategy.ts';
import { transition } from './transition.ts';

export interface Walked { stage: Stage; agreed: Agreed }

/** Walks a service from the sentence the business wrote to live operation, before the log's first row. */
export async function walkToLive(local: Local, url: string, tell: (step: string) => void): Promise<Walked> {
  const stage = await setStage(local, url, '2015-09-07T12:00:00.000Z');
  tell(`${stage.providerName}: ${Object.keys(stage.cast).length} people of both sides, each with a key of their own`);
  const agreed = await agree(stage);
  tell('Strategy: requirement agreed (G1), package checked (P1), funded (G2), chartered (P2)');
  const designed = await design(stage, agreed);
  tell('Design: complete (P3), refused once by the business, answered, accepted (G3)');
  await transition(stage, agreed, designed);
  tell('Transition: built (P4, P5), validated (P6), evaluated (P7), ready (P8), accepted (G4), deployed (P9, P10), early life ended (G5)');
  return { stage, agreed };
}
