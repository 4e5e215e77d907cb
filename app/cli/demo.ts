import { wayIn } from '../server/example.ts';
import type { Example } from '../server/example.ts';
import { withLocal, withServer } from './local.ts';

/** `servicewright demo incident-log [FILE]`: a service through all five stages, with an incident log as its operation. */
export async function demo(example: Example, args: string[]): Promise<number> {
  const [what, file] = args;
  if (what !== 'incident-log') return fault('Say: servicewright demo incident-log [FILE]');
  return withLocal((local) =>
    withServer(local, async (url, stays) => {
      try {
        const { dataFolder } = local;
        const played = await example.play({ ground: local, url, file, dataFolder, tell: (line) => console.log(line) });
        console.log(
          `\n${stays ? '' : 'Start the application with npm start. '}${wayIn(played, stays ? url : 'http://localhost:8080')}`,
        );
        return played.broken ? 1 : 0;
      } catch (error) {
        const message = example.inWords(error);
        if (message !== undefined) return fault(message);
        throw error;
      }
    }),
  );
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
