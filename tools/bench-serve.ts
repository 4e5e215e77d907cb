// The server side of the bench, in a process of its own: the real server, and beside it a bare one that runs the same statements.
import { randomUUIDv7 } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { startServer } from '../app/server/start.ts';
import { connect } from '../core/database/connect.ts';
import { databaseFromEnvironment } from '../core/database/settings.ts';

/** A statement as the real server sent it; those of one transaction stand between `begin` and `commit`. */
interface Statement {
  text: string;
  name?: string;
  values: unknown[];
}

/** What the other process asks for. */
export type Asked =
  | { kind: 'trace' }
  /** Serve this call's statements bare: what was said of the traced record is said of another. */
  | {
      kind: 'bare';
      path: string;
      response: unknown;
      record?: { id: string; number?: number; ref?: string };
      ids?: string[];
    };

export type Told =
  | { kind: 'ready'; url: string; bareUrl: string }
  | { kind: 'traced'; statements: Statement[] }
  | { kind: 'set' };

const database = await databaseFromEnvironment();
const tell = (told: Told) => process.send?.(told);
let trace: Statement[] | undefined;
let traced: Statement[] = [];
watchQueries();

const real = await startServer({
  database,
  port: 0,
  dataFolder: process.env['SERVICEWRIGHT_DATA'] ?? '',
  worker: false,
  callsPerMinute: 100_000_000,
  logLevel: 'silent',
});
const pool = connect(database.appConfig, { max: 12 });
const bare = Fastify();
const handlers = new Map<string, () => Promise<unknown>>();
for (const method of ['GET', 'POST', 'PATCH'] as const)
  bare.route({
    method,
    url: '/:path',
    handler: (request) => handlers.get((request.params as { path: string }).path)?.(),
  });
const bareUrl = await bare.listen({ port: 0, host: '127.0.0.1' });

process.on('message', (asked: Asked) => {
  if (asked.kind === 'trace') {
    if (!trace) trace = [];
    else {
      traced = trace;
      trace = undefined;
    }
    tell({ kind: 'traced', statements: traced });
    return;
  }
  handlers.set(asked.path, replay(traced, asked));
  tell({ kind: 'set' });
});
process.on('disconnect', () => void stop());
tell({ kind: 'ready', url: real.url.replace('localhost', '127.0.0.1'), bareUrl });

async function stop(): Promise<void> {
  await bare.close();
  await pool.end();
  await real.close();
}

/** Notes every statement that pg sends while somebody listens. */
function watchQueries(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the client as its `this`, below
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function watched(this: pg.Client, ...given: unknown[]): unknown {
    const [first, second] = given;
    if (trace && typeof first === 'string') trace.push({ text: first, values: Array.isArray(second) ? second : [] });
    else if (trace && typeof first === 'object' && first !== null && 'text' in first) {
      const { name, text, values = Array.isArray(second) ? second : [] } = first as Partial<Statement>; // pg's query config
      trace.push({ text: text ?? '', values, ...(name ? { name } : {}) });
    }
    return query.apply(this, given);
  } as typeof pg.Client.prototype.query;
}

/** A handler that sends the same statements: in a transaction what was in one, each by its name where it had one. */
function replay(
  statements: readonly Statement[],
  { response, record, ids }: Extract<Asked, { kind: 'bare' }>,
): () => Promise<unknown> {
  const given = ids?.values();
  return async () => {
    const swaps = new Map<unknown, unknown>();
    const texts: [string, string][] = [];
    if (record) {
      const id = ids ? given?.next().value : randomUUIDv7();
      if (id === undefined) throw new Error('the bench ran out of records');
      texts.push([record.id, id]);
    }
    const swapped = (value: unknown): unknown => {
      if (typeof value === 'string') return texts.reduce((text, [from, to]) => text.replaceAll(from, to), value);
      if (Array.isArray(value)) return value.map(swapped);
      return swaps.get(value) ?? value;
    };
    let client: pg.PoolClient | undefined;
    for (const statement of statements) {
      if (statement.text === 'begin') client = await pool.connect();
      const { rows } = await (client ?? pool).query({
        ...(statement.name ? { name: statement.name } : {}),
        text: statement.text,
        values: statement.values.map(swapped),
      });
      const next = (rows[0] as { number?: number } | undefined)?.number;
      if (record?.number !== undefined && next !== undefined && statement.text.includes('nextval')) {
        swaps.set(record.number, next);
        texts.push([String(record.ref), `INC-${next}`]);
      }
      if (statement.text !== 'commit') continue;
      client?.release();
      client = undefined;
    }
    return response;
  };
}
