// Where walks begin: the example's thread as it stood at some points of its way, each kept as a database to be cloned.
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import { setScene } from '../../examples/harbour/cast.ts';
import type { Scene as Harbour } from '../../examples/harbour/cast.ts';
import { agree, design } from '../../examples/harbour/strategy.ts';
import { transition } from '../../examples/harbour/transition.ts';
import { connect } from '../../core/database/connect.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { create } from '../../core/record/edit/create.ts';
import type { Role } from '../../core/permission/role.ts';
import type { TestApplication } from '../support/application.ts';
import { client } from '../support/client.ts';
import type { Client } from '../support/client.ts';
import { testServer } from '../support/database.ts';
import { keyOf } from '../support/keys.ts';
import { groundOf } from '../support/walked.ts';

/** Somebody who walks. */
export interface Walker extends Client {
  name: string;
  /** Of the provider: null. */
  customer: string | null;
  roles: readonly Role[];
}

export interface Grounds {
  providerId: string;
  customers: readonly string[];
  walkers: readonly Walker[];
  /** Reads all there is, and does nothing. */
  reader: Client;
  /** Databases by how far the thread has come. */
  kept: readonly { name: string; database: string }[];
  drop: () => Promise<void>;
}

/** Twelve people: of each side as few as can keep the duties apart. */
const people: readonly [name: string, of: 'first' | 'second' | null, roles: readonly Role[]][] = [
  ['Owner', 'first', ['BOW', 'DOW']],
  ['Sponsor', 'first', ['BEX', 'VER']],
  ['Representative', 'first', ['CUS', 'UATB', 'USR']],
  ['Administrator', 'first', ['CAD', 'USR']],
  ['Owner and sponsor', 'second', ['BOW', 'BEX']],
  ['Representative and administrator', 'second', ['CUS', 'UATB', 'VER', 'DOW', 'CAD']],
  ['Portfolio', null, ['SPM', 'BRM', 'POL', 'FIN', 'RSK']],
  ['Designer', null, ['SDM', 'SOW', 'BLD', 'INM', 'SUP']],
  ['Transition', null, ['TRM', 'RDM', 'DAU']],
  ['Tests', null, ['TSM', 'CFM', 'SLM', 'KNM', 'BRD']],
  ['Operation', null, ['EVM', 'CHM', 'OPS', 'SDK', 'BRD']],
  ['Improvement', null, ['CSI', 'PRM', 'SEC', 'ADM']],
];

/** Before the example does these, where it stands is kept. */
const points: Readonly<Record<string, string>> = {
  '2015-11-02T12:00:00.000Z': 'chartered',
  '2016-01-04T12:00:00.000Z': 'designed',
  '2016-01-27T12:00:00.000Z': 'tested',
  '2016-02-06T13:00:00.000Z': 'accepted',
  '2016-02-06T15:00:00.000Z': 'landed',
  '2016-02-27T12:00:00.000Z': 'early life',
};

export async function groundsOf(app: TestApplication): Promise<Grounds> {
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  const stage = await setScene(groundOf(app), url, '2015-09-07T12:00:00.000Z', '2017-03-01T12:00:00.000Z');
  const customers = [stage.customerId, await secondCustomer(app, stage.providerId)];
  const walkers: Walker[] = [];
  for (const [name, of, roles] of people)
    walkers.push(
      await walker(app, stage, { name, roles, customer: of && (customers[of === 'first' ? 0 : 1] ?? null) }),
    );
  const { id } = await stage.cast.administrator.create('people', { title: 'Reader' });
  await stage.cast.administrator.create('role-grants', { title: 'Reader', person: id, role: 'AUD' });
  const reader = client(app.server, id, await keyOf(app, id, 'walk'));
  const kept: { name: string; database: string }[] = [];
  const keep = async (name: string) => {
    kept.push({ name, database: await copied(app) });
  };
  const watched: Harbour = {
    ...stage,
    at: async (instant) => {
      const point = points[instant];
      if (point) await keep(point);
      await stage.at(instant);
    },
  };
  const agreed = await agree(watched);
  await transition(watched, agreed, await design(watched, agreed));
  await keep('live');
  return {
    providerId: stage.providerId,
    customers,
    walkers,
    reader,
    kept,
    drop: async () => {
      for (const { database } of kept) await asOwner(`drop database ${database} with (force)`);
    },
  };
}

async function secondCustomer(app: TestApplication, providerId: string): Promise<string> {
  const claimed = { claimedAt: '2015-09-07T12:00:00.000Z', standing: 'confirmed' };
  const caller = {
    principal: systemPrincipal(providerId, 'walk', '2015-09-07T12:00:00.000Z'),
    channel: 'job',
    requestId: randomUUIDv7(),
  } as const;
  const made = await act(app.application, caller, { command: 'walk' }, (work) =>
    create(
      work,
      serverRecord(app.application.registry, 'customer'),
      { title: 'Second customer', relationship: 'external', zone: 'Europe/London' },
      { byCommand: true, derived: claimed },
    ),
  );
  if (!made.ok) throw new Error('the second customer was refused');
  return made.value.id;
}

async function walker(
  app: TestApplication,
  { providerId, cast }: Harbour,
  { name, roles, customer }: Pick<Walker, 'name' | 'roles' | 'customer'>,
): Promise<Walker> {
  const customers = customer ? [customer] : [];
  const caller = {
    principal: systemPrincipal(providerId, 'walk', '2015-09-07T12:00:00.000Z'),
    channel: 'job',
    requestId: randomUUIDv7(),
  } as const;
  const made = await act(app.application, caller, { command: 'walk' }, async (work) => {
    const record = (type: string) => serverRecord(app.application.registry, type);
    const given = { title: name, customer, customers };
    const person = await create(work, record('person'), given, { byCommand: true });
    for (const role of roles)
      await create(
        work,
        record('role-grant'),
        {
          title: role,
          person: person.id,
          role,
          customer,
          customers,
          ...(role === 'BEX' ? { limit: { minor: 50_000_000, currency: 'EUR' } } : {}),
        },
        { byCommand: true },
      );
    return person;
  });
  if (!made.ok) throw new Error(`${name} was refused: ${JSON.stringify(made.refusals)} ${cast.administrator.id}`);
  const { id } = made.value;
  return { ...client(app.server, id, await keyOf(app, id, 'walk')), name, roles, customer };
}

/** A copy of the application's database as it stands. Connections that are idle are ended: the source of a copy has none. */
async function copied(app: TestApplication): Promise<string> {
  const { database } = app.database.ownerConfig;
  await asOwner(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`,
  );
  return clone(database ?? '');
}

async function clone(of: string): Promise<string> {
  const name = `walk_${randomBytes(6).toString('hex')}`;
  await asOwner(`create database ${name} template ${of}`);
  return name;
}

async function asOwner(statement: string): Promise<void> {
  const owner = new pg.Client({ ...testServer().ownerConfig, database: 'postgres' });
  await owner.connect();
  await owner.query(statement).finally(() => owner.end());
}

export interface Ground {
  ownerPool: pg.Pool;
  leave: () => Promise<void>;
}

/** Puts the application on a fresh copy of a ground; `leave` drops it. */
export async function enter(app: TestApplication, database: string): Promise<Ground> {
  const server = testServer();
  const own = await clone(database);
  const pool = connect({ ...server.appConfig, database: own }, { max: 2 });
  const ownerPool = connect({ ...server.ownerConfig, database: own }, { max: 2 });
  Object.assign(app.application, { pool });
  return {
    ownerPool,
    leave: async () => {
      Object.assign(app.application, { pool: app.database.appPool });
      await Promise.all([pool.end(), ownerPool.end()]);
      await asOwner(`drop database ${own} with (force)`);
    },
  };
}
