import type pg from 'pg';
import { type EmbeddedServer, startEmbedded } from './embedded/index.ts';

/** The database this process works with. `stop` lets go of an embedded server and does nothing to an outside one. */
export type DatabaseSettings = {
  ownerConfig: pg.ClientConfig;
  appConfig: pg.ClientConfig;
  /** The role that the application signs in with; migrations grant it what it may do. */
  appLogin: string | undefined;
  /** False when one role does both jobs: it owns the journal's table, so nothing keeps it from editing the past. */
  protectsJournal: boolean;
  /** The embedded server, when this process holds one. */
  embedded: EmbeddedServer | undefined;
  stop(): Promise<void>;
};

/**
 * Reads DATABASE_URL (the application's role) and DATABASE_OWNER_URL (the migrating role), or starts the embedded server.
 * `told` hears, in a line for the operator, that the embedded server died and that it is back.
 * Throws DatabaseUnavailable, whose message is one line for the operator.
 */
export async function databaseFromEnvironment(
  env: NodeJS.ProcessEnv = process.env,
  told?: (line: string) => void,
): Promise<DatabaseSettings> {
  if (env.DATABASE_URL) return outside(env.DATABASE_URL, env.DATABASE_OWNER_URL);
  const embedded = await startEmbedded({
    ...(env.SERVICEWRIGHT_DATA ? { dataFolder: env.SERVICEWRIGHT_DATA } : {}),
    ...(told ? { told } : {}),
  });
  const { ownerConfig, appConfig } = embedded;
  return {
    ownerConfig,
    appConfig,
    appLogin: appConfig.user,
    protectsJournal: true,
    embedded,
    stop: () => embedded.stop(),
  };
}

function outside(appUrl: string, ownerUrl = appUrl): DatabaseSettings {
  const appLogin = userOf(appUrl);
  return {
    ownerConfig: { connectionString: ownerUrl },
    appConfig: { connectionString: appUrl },
    appLogin,
    protectsJournal: appLogin !== userOf(ownerUrl),
    embedded: undefined,
    stop: () => Promise.resolve(),
  };
}

/** What start-up and `verify` say when one role does everything. */
export const unprotected =
  'Note: one database role does everything, so the database does not protect the journal. Give DATABASE_OWNER_URL as well.';

/** A URL without a user signs in with PGUSER or the account's own name: alike for both URLs, so `undefined` compares well. */
function userOf(url: string): string | undefined {
  const { username, searchParams } = new URL(url);
  return decodeURIComponent(username) || searchParams.get('user') || undefined;
}
