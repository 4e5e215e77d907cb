// A service that somebody works by, for tests that are about something else.
import { dayMs } from '../../core/clock/units.ts';
import type { TestApplication } from './application.ts';
import { arranged } from './arrange.ts';
import type { Body, Client } from './client.ts';

/** The day by which the business decides, so many days ahead by the clock that the caller's provider goes by. */
export async function dayAhead(by: Pick<Client, 'get'>, days = 60): Promise<string> {
  const now: string = (await by.get('/me')).body.provider.now;
  return new Date(Date.parse(now) + days * dayMs).toISOString().slice(0, 10);
}

/** A service that is taken over as it runs, by somebody who may. */
export const takenOver = async (by: Client, given: { title: string; customers: readonly string[] }): Promise<Body> =>
  by.create('services', { decideBy: await dayAhead(by), ...given });

/** A service with a version in live use, whatever led there: of the provider's own where no customer is named. */
export const runningService = (app: TestApplication, given: { title: string; customers?: string[] }): Promise<string> =>
  arranged(app, 'service', given, 'catalogue');
