// A whole application on a database of its own, with its own clock, people with keys, and calls through the real HTTP server.
import { randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { FastifyInstance } from 'fastify';
import { journalBell } from '../../core/http/live.ts';
import { statusesOfRefusal } from '../../core/http/endpoint.ts';
import { codesOfRefusal } from '../../core/http/refusal-codes.ts';
import { createServer } from '../../core/http/server.ts';
import { catchUp } from '../../core/journal/follow.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { makeKeyOf } from '../../core/party/make-key.ts';
import type { personRecord } from '../../core/party/party.ts';
import type { RecordData, RecordOf } from '../../core/record/define/data.ts';
import type { KeyScope } from '../../core/permission/key.ts';
import { create } from '../../core/record/edit/create.ts';
import type { CreateInput } from '../../core/record/edit/create.ts';
import { save } from '../../core/record/edit/save.ts';
import { act, ensureMonth } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Application, Work } from '../../core/record/define/work.ts';
import { allJobs, allSubscribers } from '../../app/server/background.ts';
import { allEndpoints } from '../../app/server/endpoints.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { createRegistry } from '../../app/server/registry.ts';
import { harbour } from '../../examples/harbour/harbour.ts';
import { authenticator, credentialOf } from '../../app/server/authenticate.ts';
import { createSignIn, mountSignIn } from '../../app/server/sign-in.ts';
import { mountSystem, callMetrics } from '../../app/server/system-endpoints.ts';
import { createAccount } from '../../app/server/store/accounts.ts';
import { createProvider } from '../../app/server/store.ts';
import { administratorRoles } from '../../core/party/administrators.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { client } from './client.ts';
import { supplied } from './supply.ts';
import { withDeclaredRules } from './declared-rules.ts';
import { checkWitness } from './witness.ts';
import type { Client } from './client.ts';

export const testSecret = 'a secret for tests only, of many letters';

export interface TestClock {
  now: () => number;
  set: (iso: string) => void;
  advance: (milliseconds: number) => void;
}

export interface TestApplication {
  application: Application;
  server: FastifyInstance;
  database: TestDatabase;
  endpoints: readonly Endpoint[];
  clock: TestClock;
  keysFolder: string;
  providerId: string;
  /** Makes a customer organisation, claimed unless said otherwise, and its claim confirmed. */
  customer: (
    title: string,
    options?: { claimed?: boolean; standing?: 'self-declared'; zone?: string },
  ) => Promise<string>;
  /** Makes a person with roles, and a client that calls the API with the person's own key. */
  person: (name: string, roles: readonly string[], options?: PersonOptions) => Promise<Client>;
  /** Calls without any credential. */
  stranger: Client;
  /** Lets journal subscribers catch up, as the worker does. */
  settle: () => Promise<void>;
  /** What the operator was told. */
  told: readonly string[];
  /** Runs a scheduled job by name, once. */
  runJob: (name: string) => Promise<void>;
  close: () => Promise<void>;
}

export interface PersonOptions {
  customer?: string;
  scopes?: readonly KeyScope[];
  limit?: { minor: number; currency: string };
  validTo?: string;
  validFrom?: string;
  /** Has an account, though nobody knows its password; administrators have one unless said otherwise. */
  signsIn?: boolean;
}

export interface TestOptions {
  startAt?: string;
  example?: boolean;
  callsPerMinute?: number;
  /** After so many milliseconds a silent connection is ended. */
  silence?: number;
  /** The proxy that is believed, and the address that people use in front of it. */
  trustProxy?: string;
  publicUrl?: string;
  /** Off where a test writes entries by hand: see witness.ts. */
  witnessed?: boolean;
}

/** Starts the application for one test file; close it in `afterAll`. */
export async function createTestApplication({
  startAt = '2026-03-02T09:00:00.000Z',
  example = false,
  callsPerMinute = 1_000_000,
  trustProxy,
  publicUrl,
  witnessed = true,
  silence,
}: TestOptions = {}): Promise<TestApplication> {
  const database = await createTestDatabase();
  let now = Date.parse(startAt);
  const clock: TestClock = {
    now: () => now,
    set: (iso) => {
      now = Date.parse(iso);
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
  const application: Application = {
    pool: database.appPool,
    registry: withDeclaredRules(createRegistry()),
    clock: clock.now,
  };
  const keysFolder = mkdtempSync(join(tmpdir(), 'servicewright-keys-'));
  const bell = await journalBell(async () => {
    const listener = new pg.Client(database.appConfig);
    await listener.connect();
    return listener;
  });
  const signIn = await createSignIn({
    appConfig: database.appConfig,
    baseUrl: publicUrl ?? 'http://localhost',
    secret: testSecret,
  });
  const told: string[] = [];
  const jobs = allJobs({ keys: keysFolder, dataFolder: keysFolder, told: (line) => told.push(line) });
  const endpoints = allEndpoints(application.registry, {
    signIn,
    bell,
    protectsJournal: true,
    health: { dataFolder: keysFolder, jobs: () => jobs },
    demo: {
      example: harbour,
      appConfig: database.appConfig,
      dataFolder: keysFolder,
      address: () => server.listeningOrigin,
      failed: () => undefined,
    },
  });
  const byOperation = new Map(endpoints.map((each) => [each.operationId, each]));
  const undeclared = new Set<string>();
  const codesOf = remembered((each: Endpoint) => new Set(codesOfRefusal(application.registry, each)));
  const server = await createServer({
    application,
    endpoints,
    credentialOf,
    authenticate: authenticator(application, { secret: testSecret, publicUrl }),
    callsPerMinute,
    trustProxy,
    secure: false,
    ...(silence === undefined ? {} : { silence }),
    logLevel: process.env['TEST_LOG'] ?? 'silent',
    answered: ({ operationId, status, codes }) => {
      const described = byOperation.get(operationId);
      if (!described) return;
      if (status !== described.status && !statusesOfRefusal(described).includes(status))
        undeclared.add(`${operationId} ${status}`);
      for (const code of new Set(codes).difference(codesOf(described))) undeclared.add(`${operationId} ${code}`);
    },
  });
  mountSignIn(server, signIn);
  mountSystem(server, application, callMetrics().metrics);
  const providerId = randomUUIDv7();
  await createProvider(application.pool, {
    id: providerId,
    name: 'Test provider',
    kind: 'internal',
    example,
    scenarioNow: example ? startAt : null,
    now: startAt,
  });
  const made = arranger(application, providerId);
  /** Who states what a gate asks of a role, made when first needed. */
  const stating = remembered((as: string): Promise<Client> => {
    const [role = '', customer = ''] = as.split(' ');
    return opened.person(`States as ${role}`, [role], customer ? { customer } : {});
  });
  const supply = supplied((role, customer) => stating(`${role} ${customer ?? ''}`));
  const opened: TestApplication = {
    application,
    server,
    database,
    endpoints,
    clock,
    keysFolder,
    providerId,
    customer: (title, { claimed = true, standing = 'confirmed', zone = 'Europe/London' } = {}) =>
      made(
        'customer',
        { title, relationship: 'internal', zone },
        claimed ? { claimedAt: new Date(now).toISOString(), standing } : {},
      ),
    person: async (name, roles, options = {}) => {
      const signsIn = options.signsIn ?? roles.some((role) => administratorRoles.includes(role));
      const person = {
        title: name,
        customer: options.customer ?? null,
        customers: options.customer ? [options.customer] : [],
      };
      let key = '';
      const id = await made('person', person, {}, async (work, one) => {
        // How somebody came by an account stands in the journal.
        const link = { extra: { _link: { madeBy: null, usedBy: one.id } }, entry: { kind: 'edited' as const } };
        const arrived = signsIn ? await save(work, serverRecord(application.registry, 'person'), one, link) : one;
        const scopes = options.scopes ?? ['read', 'write', 'decide'];
        ({ key } = await makeKeyOf(work, arrived as RecordOf<typeof personRecord>, { name: 'test', scopes })); // just made
      });
      for (const role of roles)
        await made('role-grant', {
          title: `${name}: ${role}`,
          person: id,
          role,
          customer: options.customer ?? null,
          customers: options.customer ? [options.customer] : [],
          limit: options.limit ?? null,
          validFrom: options.validFrom ?? null,
          validTo: options.validTo ?? null,
        });
      if (signsIn)
        await createAccount(application.pool, {
          name,
          email: `${id}@accounts.example.org`,
          hashed: 'no password',
          providerId,
          personId: id,
          now: new Date(now).toISOString(),
        });
      return client(server, id, key, { supply });
    },
    stranger: client(server, '', null),
    settle: async () => {
      for (const subscriber of allSubscribers()) await catchUp(application, subscriber);
    },
    told,
    runJob: async (name) => {
      const job = jobs.find((each) => each.name === name);
      if (!job) throw new Error(`no job ${name}: ${jobs.map((each) => each.name).join(', ')}`);
      await job.run(application);
    },
    close: async () => {
      await server.close();
      await bell.close();
      await signIn.close();
      rmSync(keysFolder, { recursive: true });
      await (witnessed ? checkWitness(database.ownerPool) : Promise.resolve()).finally(() => database.drop());
      if (undeclared.size)
        throw new Error(`answered with a status or a code that is not declared: ${[...undeclared].join(', ')}`);
    },
  };
  return opened;
}

/** A function that works each answer out once. */
function remembered<K, V>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? of(key);
    known.set(key, value);
    return value;
  };
}

/** Arranges records the way the one-time links do: as the system, through the one door. */
function arranger(application: Application, providerId: string) {
  return async (
    type: string,
    input: CreateInput,
    derived: Record<string, unknown> = {},
    also: (work: Work, made: RecordData) => Promise<void> = () => Promise.resolve(),
  ): Promise<string> => {
    const principal = systemPrincipal(providerId, 'test arrangement', null);
    await ensureMonth(application, new Date(application.clock()).toISOString());
    const outcome = await act(
      application,
      { principal, channel: 'job', requestId: 'arrange' },
      { command: 'arrange' },
      async (work) => {
        const record = serverRecord(application.registry, type);
        const made = await create(work, record, { owner: null, ...input }, { byCommand: true, derived });
        await also(work, made);
        return made;
      },
    );
    if (!outcome.ok)
      throw new Error(`cannot arrange a ${type}: ${outcome.refusals.map((each) => each.sentence).join(' ')}`);
    return outcome.value.id;
  };
}
