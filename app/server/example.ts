// The example that an installation can play to show itself: handed in by who composes the program.
import type pg from 'pg';
import type { Registry } from '../../core/record/define/work.ts';

export interface ExampleGround {
  pool: pg.Pool;
  registry: Registry;
}

export interface ExamplePlay {
  ground: ExampleGround;
  /** Where the server answers. */
  url: string;
  /** A log to play it with, instead of a small one of its own making. */
  file?: string | undefined;
  dataFolder: string;
  /** Hears of each line; those that are not set in begin a step. */
  tell: (line: string) => void;
}

/** Somebody who can sign in to look around. */
export interface ExampleSignIn {
  name: string;
  email: string;
  role: string;
}

export interface PlayedExample {
  providerName: string;
  signIns: readonly ExampleSignIn[];
  password: string;
  /** Links of the thread that are missing. */
  broken: number;
}

export interface Example {
  /** How many of the lines told begin a step. */
  steps: number;
  /** @throws what `inWords` explains, or a bug */
  play: (play: ExamplePlay) => Promise<PlayedExample>;
  /** A fault that a person can do something about, in words; nothing for a bug. */
  inWords: (fault: unknown) => string | undefined;
}

/** How to look around, in lines for a terminal. */
export function wayIn({ signIns, password }: PlayedExample, url: string): string {
  const people = signIns.map((each) => `  ${each.email.padEnd(42)} ${each.name}, ${each.role}`);
  return `Look around at ${url} as one of these (password ${password}):\n${people.join('\n')}`;
}
