import { inTransaction } from '../../../core/database/connect.ts';
import type { ScheduledJob } from '../../../core/jobs/job.ts';
import { healthOf, placeOf, placeOfWarning } from './report.ts';
import type { HealthGround } from './report.ts';
import { dropWarning, keepWarning, lockWarnings, providersOf, standingWarnings } from './store.ts';
import type { StandingWarning } from './store.ts';

const same = (one: StandingWarning, other: StandingWarning): boolean =>
  one.code === other.code && one.of === other.of && one.place === other.place;

/**
 * Tells the operator, once when it begins and once when it is over, what must be looked after. What was told stands in the
 * database: of several processes each looks now and then, and none tells what another told.
 */
export function healthWatch(ground: HealthGround, told: (line: string) => void): ScheduledJob {
  const here = placeOf(ground.dataFolder);
  return {
    name: 'health-watch',
    every: 'minute',
    run: async (application) => {
      const seenAt = new Date(application.clock()).toISOString();
      const { warnings } = await healthOf(application, ground, {
        elsewhere: false,
        providers: await providersOf(application.pool),
      });
      const now = warnings.map((each) => ({
        ...each,
        of: each.of ?? '',
        place: placeOfWarning(each, here),
        seenAt,
      }));
      const lines = await inTransaction(application.pool, async (client) => {
        await lockWarnings(client);
        const before = (await standingWarnings(client)).filter(({ place }) => place === '' || place === here);
        const begun = now.filter((each) => !before.some((other) => same(each, other)));
        const over = before.filter((each) => !now.some((other) => same(each, other)));
        for (const each of now) await keepWarning(client, each);
        for (const each of over) await dropWarning(client, each);
        return [
          ...begun.map(({ sentence, hint }) => `${sentence} ${hint}`),
          ...over.map(({ code, of }) => `Over: ${[code, of].join(' ').trim()}.`),
        ];
      });
      for (const line of lines) told(line);
    },
  };
}
