// The example played into a running server, for browser tests and for the pictures of the screens.
import { request } from '@playwright/test';
import type pg from 'pg';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { create } from '../../core/record/edit/create.ts';
import { connect } from '../../core/database/connect.ts';
import type { DatabaseSettings } from '../../core/database/settings.ts';
import { logOf } from '../../examples/harbour/log.ts';
import { runExample } from '../../examples/harbour/run.ts';
import type { PlayedExample } from '../../app/server/example.ts';
import { createRegistry } from '../../app/server/registry.ts';

/** Plays the example with its small log; its provider then has a name without the digits that differ each time. */
export async function playExample(
  url: string,
  { appConfig, ownerConfig }: Pick<DatabaseSettings, 'appConfig' | 'ownerConfig'>,
  dataFolder: string,
): Promise<PlayedExample> {
  const pool = connect(appConfig, { max: 3, longStatements: true });
  // Who a provider is, is not the application's to alter.
  const owner = connect(ownerConfig, { max: 1 });
  try {
    const example = await runExample(
      { pool, registry: createRegistry() },
      url,
      logOf(undefined, dataFolder),
      () => undefined,
    );
    await owner.query('update core.provider set name = $1 where name = $2', [
      'Example: Harbour IT',
      example.providerName,
    ]);
    await furtherCustomer(pool);
    return example;
  } finally {
    await Promise.all([pool.end(), owner.end()]);
  }
}

/** Another customer of the example's provider, so that something can be shared with it. */
async function furtherCustomer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ id: string; now: string }>(
    'select id, scenario_now as now from core.provider where example order by id desc limit 1',
  );
  const [provider] = rows;
  if (!provider) throw new Error('the example was played');
  const registry = createRegistry();
  const caller = {
    principal: systemPrincipal(provider.id, 'browser tests', provider.now),
    channel: 'job' as const,
    requestId: 'arrange',
  };
  const made = await act({ pool, registry, clock: () => Date.now() }, caller, { command: 'arrange' }, (work) =>
    create(
      work,
      serverRecord(registry, 'customer'),
      { title: 'Tidewater Quay', relationship: 'external', zone: 'Europe/London' },
      { byCommand: true },
    ),
  );
  if (!made.ok) throw new Error(JSON.stringify(made.refusals));
}

/** The e-mail of one of the example's people. @throws when nobody has that role */
export function emailOf({ signIns }: Pick<PlayedExample, 'signIns'>, role: string): string {
  const person = signIns.find((each) => each.role === role);
  if (!person) throw new Error(`nobody in the example is ${role}`);
  return person.email;
}

/** Signs one of the example's people in, and keeps the session where tests find it by the role. */
export async function keepSignedIn(url: string, example: PlayedExample, role: string): Promise<void> {
  const context = await request.newContext({ baseURL: url });
  const answer = await context.post('/api/v1/auth/sign-in/email', {
    data: { email: emailOf(example, role), password: example.password },
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(`the example's ${role} was not signed in: ${answer.status()}`);
  await context.storageState({ path: `test-results/${role}.json` });
  await context.dispose();
}
