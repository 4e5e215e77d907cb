// Makes what the bench works on: a provider, desk agents with keys, and incidents written by COPY as an import writes them.
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import { createProvider } from '../app/server/store.ts';
import { inTransaction } from '../core/database/connect.ts';
import { systemPrincipal } from '../core/permission/principal.ts';
import { createKey } from '../core/permission/key.ts';
import { create } from '../core/record/edit/create.ts';
import type { CreateInput } from '../core/record/edit/create.ts';
import { noLines, sealObserved, writeLines } from '../core/record/observe/observe.ts';
import { act, ensureMonth } from '../core/record/act/act.ts';
import { serverRecord } from '../core/record/define/work.ts';
import type { Application } from '../core/record/define/work.ts';
import { numberSequence } from '../core/record/define/number.ts';

export interface Filled {
  providerId: string;
  keys: string[];
  component: string;
  incidents: string[];
}

/** The version at which every made incident stands. */
export const madeVersion = 3;

const minute = 60_000;

export async function fill(application: Application, count: number, clients: number): Promise<Filled> {
  const now = new Date().toISOString();
  const providerId = randomUUIDv7();
  await createProvider(application.pool, {
    id: providerId,
    name: 'Bench',
    kind: 'internal',
    example: false,
    scenarioNow: null,
    now,
  });
  const caller = {
    principal: systemPrincipal(providerId, 'bench', null),
    channel: 'import',
    requestId: 'bench',
  } as const;
  const keys: string[] = [];
  for (let index = 0; index < clients; index += 1)
    keys.push((await person(application, caller, { title: `Agent ${index}`, role: 'SDK' })).key);
  await ensureMonth(application, now);
  const component = randomUUIDv7();
  await write(application.pool, application, caller, 'component', [component], () => ({ title: 'Tills' }));
  const incidents = Array.from({ length: count }, () => randomUUIDv7());
  for (let from = 0; from < count; from += 5000)
    await write(application.pool, application, caller, 'incident', incidents.slice(from, from + 5000), (index) =>
      incident(from + index, component),
    );
  await application.pool.query('analyze core.record').catch(() => undefined);
  return { providerId, keys, component, incidents };
}

function incident(index: number, component: string): Record<string, unknown> {
  return {
    title: `Till ${index % 997} does not start`,
    component,
    impact: String((index % 4) + 1),
    urgency: 'medium',
    priority: `P${(index % 4) + 1}`,
    category: `Category ${index % 40}`,
    loggedAt: new Date(Date.parse('2026-01-01T08:00:00Z') + index * minute).toISOString(),
  };
}

type Filler = Parameters<typeof sealObserved>[0]['caller'];

/** Makes one record as the installation does. */
export async function make(
  application: Application,
  caller: Filler,
  type: string,
  { derived = {}, ...input }: CreateInput & { derived?: Record<string, unknown> },
): Promise<string> {
  const outcome = await act(application, caller, { command: 'bench' }, (work) =>
    create(work, serverRecord(application.registry, type), { owner: null, ...input }, { byCommand: true, derived }),
  );
  if (!outcome.ok) throw new Error(outcome.refusals.map(({ sentence }) => sentence).join(' '));
  return outcome.value.id;
}

/** A person with one role and a key. */
export async function person(
  application: Application,
  caller: Filler,
  { title, role, customer = null }: { title: string; role: string; customer?: string | null },
): Promise<{ id: string; key: string }> {
  const customers = customer ? [customer] : [];
  const id = await make(application, caller, 'person', { title, customer, customers });
  await make(application, caller, 'role-grant', { title: role, person: id, role, customer, customers });
  const { key } = await createKey(application.pool, {
    providerId: caller.principal.providerId,
    personId: id,
    name: 'bench',
    scopes: ['read', 'write'],
    now: new Date(application.clock()).toISOString(),
  });
  return { id, key };
}

/** Records of one type, each with three steps where it is an incident. */
export async function write(
  pool: pg.Pool,
  application: Application,
  caller: Filler,
  type: string,
  ids: string[],
  values: (index: number) => Record<string, unknown>,
): Promise<void> {
  const { definition } = serverRecord(application.registry, type);
  const work = { caller, now: new Date().toISOString(), cause: randomUUIDv7() };
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ number: number }>(
      `select nextval('${numberSequence(definition)}')::int as number from generate_series(1, $1)`,
      [ids.length],
    );
    const lines = noLines();
    ids.forEach((id, index) => {
      const occurredAt = '2026-01-01T08:00:00.000Z';
      const first = { occurredAt, to: null, move: null, values: values(index), by: null };
      const further =
        type === 'incident'
          ? [
              { ...first, to: 'assigned', move: 'assign', values: {} },
              { ...first, to: 'in_progress', move: 'start-work', values: {} },
            ]
          : [];
      sealObserved(
        work,
        definition,
        { id, number: rows[index]?.number ?? 0, customers: [], source: `bench:${id}`, steps: [first, ...further] },
        lines,
      );
    });
    await writeLines(client, definition, lines);
  });
}
