import type { Trait } from '../trait.ts';
import { factRecount } from './recount.ts';
import { factSubscriber } from './subscriber.ts';

/** Measured: each record has one fact, as figures of all worked records read it. */
export const measuredTrait: Trait = {
  name: 'measured',
  subscribers: [factSubscriber],
  recounts: [factRecount],
};
