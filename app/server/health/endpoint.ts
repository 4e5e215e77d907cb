import { endpoint } from '../../../core/http/endpoint.ts';
import type { Endpoint } from '../../../core/http/endpoint.ts';
import { administratorRole } from '../../../core/party/party.ts';
import { done, refusal, refuse } from '../../../core/refusal/refusal.ts';
import { databaseVersion } from '../store.ts';
import { version } from '../version.ts';
import { healthSchema } from './views.ts';
import { healthOf } from './report.ts';
import type { HealthGround } from './report.ts';

export function healthEndpoint(ground: HealthGround, protectsJournal: boolean): Endpoint {
  return endpoint({
    method: 'GET',
    path: '/health/details',
    operationId: 'system.health',
    refusals: ['permission.role'],
    tag: 'System',
    status: 200,
    summary: 'How the installation stands: disk, checkpoints, journal, jobs, versions',
    description:
      'Tells administrators, but none of an example, how each part stands and what somebody must look after: room on the disk, age of the newest checkpoint, what holds the journal up, how each job ended and when it runs next, which roles nobody holds without whom some gate can be decided by nobody and what waits for that, the versions, and whether the role that the program uses is kept from altering the journal.',
    response: healthSchema,
    handle: async ({ application, caller: { principal } }) => {
      // The example's people are of nobody's installation, however many play with it.
      if (principal.example || !principal.grants.some(({ role }) => role === administratorRole))
        return refuse(
          'forbidden',
          refusal('permission.role', "How the installation stands is its administrators' to read.", 'Ask one of them.'),
        );
      return done({
        version,
        node: process.version,
        timeZones: process.versions['tz'] ?? 'unknown',
        database: await databaseVersion(application.pool),
        databaseProtectsJournal: protectsJournal,
        ...(await healthOf(application, ground, { providers: [principal.providerId] })),
      });
    },
  });
}
