// The example's people: made by their own side's administrator, each with a key of their own.
import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { createClaim } from '../../core/permission/claim.ts';
import { makeKey } from '../../core/party/make-key.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import type { ExampleGround, ExampleSignIn } from '../../app/server/example.ts';
import { advanceScenario, createProvider, providerOf } from '../../app/server/store.ts';
import { personAt } from './person.ts';
import type { Person } from './person.ts';

const business = {
  owner: ['Bea Marsh', 'BOW'],
  sponsor: ['Simon Reyes', 'BEX'],
  representative: ['Cora Lund', 'CUS'],
  verifier: ['Vera Okafor', 'VER'],
  tester: ['Uwe Tanner', 'UATB'],
} as const;
const provider = {
  relations: ['Bruno Reed', 'BRM'],
  portfolio: ['Sol Pemberton', 'SPM'],
  policies: ['Petra Olm', 'POL'],
  owns: ['Sara Owen', 'SOW'],
  designer: ['Dilip Mehra', 'SDM'],
  authority: ['Dana Auer', 'DAU'],
  transition: ['Tessa Ruiz', 'TRM'],
  releases: ['Ravi Dahl', 'RDM'],
  builder: ['Bo Lindqvist', 'BLD'],
  tests: ['Tom Sundberg', 'TSM'],
  evaluator: ['Eva Morin', 'EVM'],
  changes: ['Chen Mina', 'CHM'],
  operations: ['Olga Petrov', 'OPS'],
  desk: ['Dee Kaur', 'SDK'],
  problems: ['Pia Holm', 'PRM'],
  levels: ['Sam Lemaire', 'SLM'],
  improvement: ['Cleo Sinclair', 'CSI'],
  supplier: ['Sue Pike', 'SUP'],
} as const;

export type Cast = Record<
  keyof typeof business | keyof typeof provider | 'administrator' | 'customerAdministrator',
  Person
>;

/** Where the example is played: its provider, its people, and the database for what no person does. */
export interface Scene {
  local: ExampleGround;
  url: string;
  providerId: string;
  providerName: string;
  customerId: string;
  cast: Cast;
  /** People who can sign in to look around, with the password they share. */
  signIns: ExampleSignIn[];
  password: string;
  /** Moves the scenario clock, forwards only. */
  at: (instant: string) => Promise<void>;
  /** When the log is brought in: after its last row. */
  endOfLog: string;
}

/** Sets up an example provider with one customer and people on both sides. */
export async function setScene(local: ExampleGround, url: string, startAt: string, endOfLog: string): Promise<Scene> {
  const providerId = randomUUIDv7();
  const suffix = providerId.slice(-4);
  const providerName = `Example: Harbour IT ${suffix}`;
  await createProvider(local.pool, {
    id: providerId,
    name: providerName,
    kind: 'internal',
    example: true,
    scenarioNow: startAt,
    now: new Date().toISOString(),
  });
  const password = randomBytes(9).toString('base64url');
  const at = async (instant: string) => {
    if (!(await advanceScenario(local.pool, providerId, instant)))
      throw new Error(`the scenario clock stands after ${instant}`);
  };
  const arrive = arriver(local, url, providerId, password, suffix);
  const administrator = await arrive.byLink('Ada Falk', 'administrator', null);
  const customer = await administrator.create('customers', {
    title: 'Harbour Group',
    relationship: 'internal',
    zone: 'America/Sao_Paulo',
  });
  const customerAdministrator = await arrive.byLink('Carl Adler', 'customer', customer.id);
  const cast = { administrator, customerAdministrator } as Cast; // filled below, name by name
  for (const [key, [name, role]] of Object.entries(provider))
    cast[key as keyof typeof provider] = await arrive.made(administrator, name, role, null);
  for (const [key, [name, role]] of Object.entries(business))
    cast[key as keyof typeof business] = await arrive.made(customerAdministrator, name, role, customer.id);
  await cast.sponsor.move('customers', customer.id, 'confirm', {
    reason: 'Carl Adler is the administrator of Harbour Group.',
  });
  const signIns = [
    await arrive.account(customerAdministrator, cast.owner, 'business owner'),
    await arrive.account(customerAdministrator, cast.sponsor, 'sponsor'),
    await arrive.account(administrator, cast.owns, 'service owner'),
    await arrive.account(administrator, cast.portfolio, 'portfolio manager'),
    await arrive.account(administrator, cast.desk, 'service desk'),
    await arrive.account(administrator, cast.problems, 'problem manager'),
    await arrive.account(administrator, cast.improvement, 'improvement manager'),
  ];
  return { local, url, providerId, providerName, customerId: customer.id, cast, signIns, password, at, endOfLog };
}

function arriver(local: ExampleGround, url: string, providerId: string, password: string, suffix: string) {
  const now = () => new Date().toISOString();
  const mailOf = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}@${suffix}.example.org`;
  const keyed = async (id: string, name: string): Promise<Person> => {
    const { scenarioNow } = await providerOf(local.pool, providerId);
    const made = await makeKey(
      { pool: local.pool, registry: local.registry, clock: Date.now },
      { principal: systemPrincipal(providerId, 'example', scenarioNow), channel: 'cli', requestId: 'example' },
      id,
      { name: 'example', scopes: ['read', 'write', 'decide'] },
    );
    if (!made.ok) throw new Error(`no key for ${name}: ${made.refusals.map(({ sentence }) => sentence).join(' ')}`);
    return personAt(url, id, name, made.value.key);
  };
  const welcome = async (token: string, name: string): Promise<string> => {
    const answer = await fetch(`${url}/api/v1/welcome`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, name, email: mailOf(name), password }),
    });
    const told = (await answer.json()) as { person: string; detail?: string };
    if (!answer.ok) throw new Error(`the one-time link of ${name} was refused: ${told.detail}`);
    return told.person;
  };
  /** By the local ground: over the API a link is made by somebody who is signed in, and nobody here is. */
  const linkOf = (of: Pick<Parameters<typeof createClaim>[1], 'kind' | 'customerId' | 'personId' | 'madeBy'>) =>
    createClaim(local.pool, {
      ...of,
      providerId,
      now: now(),
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
  return {
    /** Arrives by the one-time link of an administrator. */
    byLink: async (name: string, kind: 'administrator' | 'customer', customerId: string | null): Promise<Person> => {
      const token = await linkOf({ kind, customerId, madeBy: null });
      return keyed(await welcome(token, name), name);
    },
    /** Is made, and given a role, by the administrator of their own side. */
    made: async (by: Person, name: string, role: string, customer: string | null): Promise<Person> => {
      const customers = customer ? [customer] : [];
      const { id } = await by.create('people', { title: name, email: mailOf(name), customer, customers });
      await by.create('role-grants', {
        title: `${name}: ${role}`,
        person: id,
        role,
        customer,
        customers,
        ...(role === 'BEX' ? { limit: { minor: 50_000_000, currency: 'EUR' } } : {}),
      });
      return keyed(id, name);
    },
    /** Gets a password, so that somebody can look around as this person. */
    account: async (by: Person, person: Person, role: string) => {
      const token = await linkOf({ kind: 'person', personId: person.id, madeBy: by.id });
      await welcome(token, person.name);
      return { name: person.name, email: mailOf(person.name), role };
    },
  };
}
