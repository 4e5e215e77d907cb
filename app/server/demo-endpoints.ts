// The example, started by a button of the first page: the same as `servicewright demo incident-log`, inside this server.
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { connect } from '../../core/database/connect.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import type { Principal } from '../../core/permission/principal.ts';
import { done, refusal, refuse } from '../../core/refusal/refusal.ts';
import type { Refused } from '../../core/refusal/refusal.ts';
import { demoJob } from './demo-job.ts';
import type { Example } from './example.ts';
import { demoView } from '../views.ts';

/** What the example needs of the server that plays it. */
export interface DemoGround {
  example: Example;
  appConfig: pg.ClientConfig;
  dataFolder: string;
  /** Where this server answers, as seen from its own machine. */
  address: () => string;
  failed: (error: unknown) => void;
}

const tag = 'System';

export function demoEndpoints(ground: DemoGround): Endpoint[] {
  const job = demoJob(ground.example, (error) => ground.failed(error));
  return [
    endpoint({
      method: 'POST',
      path: '/demo',
      operationId: 'demo.start',
      refusals: ['demo.administrator', 'demo.running', 'permission.role'],
      tag,
      status: 202,
      summary: 'Play the example: a service through all five stages, in a provider of its own',
      description:
        'Begins to play the example in a provider of its own, which is marked as an example for good. Answers at once; `demo.read` tells how far it is.',
      body: z.strictObject({}).optional(),
      response: z.object({ job: z.string() }),
      handle: ({ application, caller }) => {
        const barred = notAllowed(caller.principal);
        if (barred) return Promise.resolve(barred);
        if (job.read().state === 'running') return Promise.resolve(alreadyRunning());
        const pool = connect(ground.appConfig, { max: 3, name: 'servicewright example', longStatements: true });
        const basis = { pool, registry: application.registry, end: () => pool.end() };
        const { dataFolder } = ground;
        job.start(caller.principal.id, { ground: basis, url: ground.address(), dataFolder });
        return Promise.resolve(done({ job: randomUUID() }));
      },
    }),
    endpoint({
      method: 'GET',
      path: '/demo',
      operationId: 'demo.read',
      refusals: ['demo.administrator'],
      tag,
      status: 200,
      summary: 'How far the example is, and how to look around in it',
      description:
        'Tells how far the example has been played, or whether it failed, and whom to sign in as once it stands.',
      response: demoView,
      handle: ({ caller }) => {
        const barred = notAllowed(caller.principal);
        return Promise.resolve(barred ?? done({ ...job.read(), wayIn: job.wayIn(caller.principal.id) }));
      },
    }),
  ];
}

function notAllowed({ example, grants }: Principal): Refused | undefined {
  if (!example && grants.some(({ role }) => role === 'ADM')) return undefined;
  return refuse(
    'forbidden',
    refusal(
      'demo.administrator',
      'The example is started by an administrator of your own organisation.',
      'Ask your administrator, or run: servicewright demo incident-log',
    ),
  );
}

function alreadyRunning(): Refused {
  return refuse(
    'refused',
    refusal('demo.running', 'The example is being played already.', 'Watch its steps; they end in a few minutes.'),
  );
}
