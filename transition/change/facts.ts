import type { StandingDecision } from '../../core/decision/standing.ts';
import type { Together } from '../../core/decision/together.ts';

interface LinkedRelease {
  ref: string;
  state: string;
}

/** What the rules of a change need to know; changes, freezes and what follows up by reference. */
export interface ChangeFacts {
  /** Something calls for it. */
  linked: boolean;
  releases: readonly LinkedRelease[];
  /** It costs more than any change manager may commit, as their limits are now. */
  costOverLimit: boolean;
  /** Whom it is for. */
  customers: readonly string[];
  /** Who advised at which gate. */
  advice: readonly { gate: string; by: string }[];
  collisions: readonly string[];
  freezes: readonly string[];
  followUps: readonly string[];
  decisions: readonly StandingDecision[];
  together: Together;
}
