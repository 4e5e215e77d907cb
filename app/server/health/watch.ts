import type { ScheduledJob } from '../../../core/jobs/job.ts';
import { healthOf } from './report.ts';
import type { HealthGround } from './report.ts';

/** Tells the operator, once when it begins and once when it is over, what must be looked after. */
export function healthWatch(ground: HealthGround, told: (line: string) => void): ScheduledJob {
  let standing: ReadonlyMap<string, string> = new Map();
  return {
    name: 'health-watch',
    every: 'minute',
    run: async (application) => {
      const { warnings } = await healthOf(application, ground);
      const now = new Map(
        warnings.map(({ code, of, sentence, hint }) => [[code, of].join(' ').trim(), `${sentence} ${hint}`]),
      );
      for (const [code, line] of now) if (!standing.has(code)) told(line);
      for (const code of standing.keys()) if (!now.has(code)) told(`Over: ${code}.`);
      standing = now;
    },
  };
}
