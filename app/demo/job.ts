// The example played in the background of a running server: one at a time, told step by step.
import type { Ground, SignIn } from './cast.ts';
import type { Log } from './log.ts';
import { StepRefused } from './person.ts';
import { runExample, stepsOfExample } from './run.ts';

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
export interface WayIn {
  signIns: readonly SignIn[];
  password: string;
}

export interface DemoJob {
  /** Starts the example for a person; false while another one is played. */
  start: (person: string, ground: Ground & { end: () => Promise<void> }, url: string, log: Log) => boolean;
  read: () => DemoState;
  wayIn: (person: string) => WayIn | null;
}

const idle: DemoState = { state: 'idle', step: null, steps: 0, done: 0, told: [], fault: null, provider: null };

/** @param failed hears of a fault of the server, for its log */
export function demoJob(failed: (error: unknown) => void): DemoJob {
  let state = idle;
  let starter: string | undefined;
  let found: WayIn | null = null;
  const tell = (line: string): void => {
    const text = line.trim();
    const begins = line === line.trimStart() && text !== '';
    const done = Math.min(state.steps - 1, state.done + (begins ? 1 : 0));
    state = { ...state, done, step: begins ? text : state.step, told: [...state.told, line] };
  };
  const play = async (ground: Ground & { end: () => Promise<void> }, url: string, log: Log): Promise<void> => {
    try {
      const example = await runExample(ground, url, log, tell);
      found = { signIns: example.signIns, password: example.password };
      state = { ...state, state: 'finished', done: state.steps, provider: example.providerName };
    } catch (error) {
      if (!(error instanceof StepRefused)) failed(error);
      const fault = error instanceof StepRefused ? error.message : "A fault of the server. The server's log says more.";
      state = { ...state, state: 'failed', fault };
    } finally {
      await ground.end();
    }
  };
  return {
    start: (person, ground, url, log) => {
      if (state.state === 'running') return false;
      [starter, found] = [person, null];
      state = { ...idle, state: 'running', steps: stepsOfExample, step: 'Setting up an example provider' };
      void play(ground, url, log);
      return true;
    },
    read: () => state,
    wayIn: (person) => (person === starter ? found : null),
  };
}
