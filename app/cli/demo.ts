import { walkToLive } from '../demo/run.ts';
import { StepRefused } from '../demo/person.ts';
import { withLocal, withServer } from './local.ts';

/** `servicewright demo incident-log [FILE]`: a service through all five stages, on a real incident log. */
export async function demo(args: string[]): Promise<number> {
  const [what] = args;
  if (what !== 'incident-log') {
    console.error('Say: servicewright demo incident-log [FILE]');
    return 2;
  }
  return withLocal((local) => withServer(local, async (url) => {
    try {
      await walkToLive(local, url, (step) => console.log(step));
      return 0;
    } catch (error) {
      if (!(error instanceof StepRefused)) throw error;
      console.error(error.message);
      return 1;
    }
  }));
}
