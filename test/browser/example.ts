// The example played into a running server, for browser tests and for the pictures of the screens.
import type pg from 'pg';
import { connect } from '../../core/database/connect.ts';
import { logOf } from '../../examples/harbour/log.ts';
import { runExample } from '../../examples/harbour/run.ts';
import type { PlayedExample } from '../../app/server/example.ts';
import { createRegistry } from '../../app/server/registry.ts';

/** Plays the example with its small log; its provider then has a name without the digits that differ each time. */
export async function playExample(url: string, appConfig: pg.ClientConfig, dataFolder: string): Promise<PlayedExample> {
  const pool = connect(appConfig, { max: 3, longStatements: true });
  try {
    const example = await runExample(
      { pool, registry: createRegistry() },
      url,
      logOf(undefined, dataFolder),
      () => undefined,
    );
    await pool.query('update core.provider set name = $1 where name = $2', [
      'Example: Harbour IT',
      example.providerName,
    ]);
    // Arranging signed people in, and an address may do that only a few times a minute: the tests' own begin at nought.
    await pool.query('delete from identity."rateLimit"');
    return example;
  } finally {
    await pool.end();
  }
}

/** The e-mail of one of the example's people. @throws when nobody has that role */
export function emailOf({ signIns }: Pick<PlayedExample, 'signIns'>, role: string): string {
  const person = signIns.find((each) => each.role === role);
  if (!person) throw new Error(`nobody in the example is ${role}`);
  return person.email;
}
