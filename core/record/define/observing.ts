// What a record type alone knows of what a source tells: handed in with it, as its rules and commands are.
import type pg from 'pg';
import type { Terms } from '../../clock/terms.ts';

import type { FieldValues } from './row.ts';

/** A state that was told, with the place of its step among all of the record. */
export interface PlacedState extends ObservedState {
  step: number;
}

/** One step about to be taken, and all before it. */
export interface Step {
  at: string;
  from: string | null;
  to: string;
  /** Whether the row's own word tells a state. */
  tellsState: boolean;
  /** What the row gives. */
  values: Readonly<FieldValues>;
  /** As the record stood. */
  standing: Readonly<FieldValues>;
  /** This step's included. */
  states: readonly PlacedState[];
  /** Whether the mapping fills a field. */
  fills: (field: string) => boolean;
}

/** A record's whole course as its source told it. */
export interface Course {
  id: string;
  /** How many steps were told, those of earlier imports included. */
  steps: number;
  states: readonly PlacedState[];
  fields: Readonly<FieldValues>;
  /** It was there before this import. */
  isKnown: boolean;
}

export interface Ground {
  client: pg.ClientBase;
  providerId: string;
  customerId: string | null;
  /** What the run sets on each of its records. */
  given: Readonly<FieldValues>;
  /** ISO instant of the import. */
  now: string;
}

/** What a record's clocks measured by when it was opened; null where nothing held. */
export type TermsAt = (openedAt: string, fields: Readonly<FieldValues>) => Terms | null;

export interface Observing {
  /** What a step alters besides on the record. */
  tells?: (step: Step) => FieldValues;
  terms?: (ground: Ground) => Promise<TermsAt>;
  /** After the last batch. */
  after?: (ground: Ground) => Promise<void>;
  /** Records were taken back: what is kept of them beside goes, in the same transaction. */
  takenBack?: (
    client: pg.ClientBase,
    of: { providerId: string; records: readonly string[]; now: string },
  ) => Promise<void>;
}

/** A state as it was told; also the same state again, when what it waits for is another. */
export interface ObservedState {
  state: string;
  /** What it waits for, where clocks pause. */
  pausedFor: string | null;
  /** ISO instant. */
  at: string;
  /** Of a state in which clocks stand still: when what they measure was reached; null where nobody knows. */
  stoppedAt: string | null;
}
