// Between the sign-in library and its tables: a session's token stands there as its hash, so that nobody who reads the
// database, or a copy of it, can act as those who are signed in. See ADR 15.
import { APIError } from 'better-auth/api';
import type { getAdapter } from 'better-auth/db/adapter';
import { hashOf } from '../../core/permission/resolve.ts';
import { noteProven, provenHash } from './proven.ts';

type Adapter = Awaited<ReturnType<typeof getAdapter>>;
type Where = NonNullable<Parameters<Adapter['count']>[0]['where']>;
type Transacted = Parameters<Parameters<Adapter['transaction']>[0]>[0];

const isToken = ({ field }: Where[number]): boolean => field === 'token';
const hashed = (value: Where[number]['value']): Where[number]['value'] =>
  Array.isArray(value) ? value.map((each) => hashOf(String(each))) : hashOf(String(value));

function asked<A extends { model: string; where?: Where | undefined }>(given: A): A {
  if (given.model !== 'session' || !given.where?.some(isToken)) return given;
  return {
    ...given,
    where: given.where.map((each) => (isToken(each) ? { ...each, value: hashed(each.value) } : each)),
  };
}

/** A row as the library knows it: under the token that it asked by. */
function known<T>(row: T, { model, where = [] }: { model: string; where?: Where | undefined }): T {
  if (model !== 'session' || row === null || typeof row !== 'object' || !('token' in row)) return row;
  const tokens = where
    .filter(isToken)
    .flatMap(({ value }) => (Array.isArray(value) ? value.map(String) : [String(value)]));
  const token = tokens.find((each) => hashOf(each) === row.token);
  return token === undefined ? row : { ...row, token };
}

/** The same tables, in which no session's token stands. */
export function withHashedSessions(adapter: Adapter): Adapter {
  return {
    ...adapter,
    ...operations(adapter),
    transaction: (run) => adapter.transaction((inside) => run(within(inside))),
  };
}

type Update = Parameters<Transacted['update']>[0];

const renewing = ({ model, update }: Update): boolean => model === 'account' && typeof update['password'] === 'string';

/** Another password takes the place of the one that this request proved, not of one that was set meanwhile. */
async function renewed<T>(adapter: Transacted, given: Update): Promise<T> {
  const hash = provenHash();
  const where = hash === undefined ? given.where : [...given.where, { field: 'password', value: hash }];
  const row = await adapter.update<T>({ ...given, where });
  if (row === null) throw new APIError('BAD_REQUEST', { message: 'Invalid password', code: 'INVALID_PASSWORD' });
  noteProven(String(given.update['password']));
  return row;
}

const within = (adapter: Transacted): Transacted => ({ ...adapter, ...operations(adapter) });

function operations(adapter: Transacted): Omit<Transacted, 'id' | 'createSchema' | 'options'> {
  return {
    create: async (given) => {
      const { token } = given.data as { token?: unknown };
      if (given.model !== 'session' || typeof token !== 'string') return adapter.create(given);
      const made = await adapter.create({ ...given, data: { ...given.data, token: hashOf(token) } });
      return { ...made, token } as never; // the adapter's type for what it was given, which is the same
    },
    findOne: async (given) => known(await adapter.findOne(asked(given)), given),
    findMany: async (given) => {
      const rows = await adapter.findMany<Record<string, unknown>>(asked(given));
      return rows.map((row) => known(row, given)) as never[]; // rows of the model, as they were
    },
    count: (given) => adapter.count(asked(given)),
    update: async (given) =>
      known(await (renewing(given) ? renewed(adapter, given) : adapter.update(asked(given))), given),
    updateMany: (given) => adapter.updateMany(asked(given)),
    delete: (given) => adapter.delete(asked(given)),
    deleteMany: (given) => adapter.deleteMany(asked(given)),
    consumeOne: async (given) => known(await adapter.consumeOne(asked(given)), given),
    incrementOne: async (given) => known(await adapter.incrementOne(asked(given)), given),
  };
}
