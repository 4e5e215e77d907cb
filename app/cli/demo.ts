import { logOf, LogMissing } from '../demo/log.ts';
import { StepRefused } from '../demo/person.ts';
import { runExample, wayIn } from '../demo/run.ts';
import { withLocal, withServer } from './local.ts';

/** `servicewright demo incident-log [FILE]`: a service through all five stages, with an incident log as its operation. */
export async function demo(args: string[]): Promise<number> {
  const [what, file] = args;
  if (what !== 'incident-log') return fault('Say: servicewright demo incident-log [FILE]');
  return withLocal((local) =>
    withServer(local, async (url, stays) => {
      try {
        const example = await runExample(local, url, logOf(file, local.dataFolder), (step) => console.log(step));
        console.log(
          `\n${stays ? '' : 'Start the application with npm start. '}${wayIn(example, stays ? url : 'http://localhost:8080')}`,
        );
        return example.broken ? 1 : 0;
      } catch (error) {
        if (error instanceof StepRefused || error instanceof LogMissing) return fault(error.message);
        throw error;
      }
    }),
  );
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
