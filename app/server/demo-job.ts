// The example played in the background of a running server: one at a time, told step by step.
import type { Example, ExampleGround, ExamplePlay, PlayedExample } from './example.ts';

export interface DemoState {
  state: 'idle' | 'running' | 'finished' | 'failed';
  /** What is being done, or was done last. */
  step: string | null;
  steps: number;
  done: number;
  /** Every line told so far. */
  told: string[];
  /** Why it stopped, in words. */
  fault: string | null;
  provider: string | null;
}

/** How to look around in the example; for the one who started it, and never stored. */
export type WayIn = Pick<PlayedExample, 'signIns' | 'password'>;

type Play = Omit<ExamplePlay, 'ground' | 'tell'> & { ground: ExampleGround & { end: () => Promise<void> } };

export interface DemoJob {
  /** Starts the example for a person; false while another one is played. */
  start: (person: string, play: Play) => boolean;
  read: () => DemoState;
  wayIn: (person: string) => WayIn | null;
}

const idle: DemoState = { state: 'idle', step: null, steps: 0, done: 0, told: [], fault: null, provider: null };

/** @param failed hears of a fault of the server, for its log */
export function demoJob(example: Example, failed: (error: unknown) => void): DemoJob {
  let state = idle;
  let starter: string | undefined;
  let found: WayIn | null = null;
  const tell = (line: string): void => {
    const text = line.trim();
    const begins = line === line.trimStart() && text !== '';
    const done = Math.min(state.steps - 1, state.done + (begins ? 1 : 0));
    state = { ...state, done, step: begins ? text : state.step, told: [...state.told, line] };
  };
  const play = async (given: Play): Promise<void> => {
    try {
      const { signIns, password, providerName } = await example.play({ ...given, tell });
      found = { signIns, password };
      state = { ...state, state: 'finished', done: state.steps, provider: providerName };
    } catch (error) {
      const fault = example.inWords(error);
      if (fault === undefined) failed(error);
      state = { ...state, state: 'failed', fault: fault ?? "A fault of the server. The server's log says more." };
    } finally {
      await given.ground.end();
    }
  };
  return {
    start: (person, given) => {
      if (state.state === 'running') return false;
      [starter, found] = [person, null];
      state = { ...idle, state: 'running', steps: example.steps, step: 'Setting up an example provider' };
      void play(given);
      return true;
    },
    read: () => state,
    wayIn: (person) => (person === starter ? found : null),
  };
}
