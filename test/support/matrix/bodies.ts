// A body that means something for each operation: what its schema requires, of a record's fields what each may hold, ids of
// records that the caller sees, the version at which the subject stands; and where an operation asks for more, that.
import fc from 'fast-check';
import { asked } from '../../../core/lifecycle/lifecycle.ts';
import type { Endpoint } from '../../../core/http/endpoint.ts';
import type { TestApplication } from '../application.ts';
import { fitting } from '../from-schema.ts';
import type { Schema, Source } from '../from-schema.ts';
import { valueOfField } from '../planted.ts';
import type { Planted } from '../planted.ts';
import { operationOf } from './document.ts';
import type { Document } from './document.ts';
import { ofOperation } from './particular.ts';
import type { People, Reader } from './readers.ts';

export interface Writing {
  app: TestApplication;
  document: Document;
  people: People;
  readers: readonly Reader[];
  seed: number;
  /** What the caller sees; of who sees nothing, nothing. */
  known: readonly Planted[];
  reader: Reader;
  endpoint: Endpoint;
  record: Planted | undefined;
}

export async function bodyOf(writing: Writing): Promise<Record<string, unknown>> {
  const { document, endpoint, record, app } = writing;
  const schema = operationOf(document, endpoint)?.requestBody?.content['application/json']?.schema;
  if (!schema) return {};
  const parts = schema.properties ?? {};
  const body: Record<string, unknown> = {};
  for (const name of namesIn(writing, schema)) {
    const field = fieldsOf(writing)[name];
    const value = field
      ? valueOfField(name, field, { word: 'zqwritten', ground: groundOf(writing), known: writing.known })
      : plainly(name, parts[name] ?? {}, writing);
    if (value !== undefined) body[name] = value;
  }
  if ('expectedVersion' in parts && record) body['expectedVersion'] = await versionOf(app, record.id);
  return Object.assign(body, await ofOperation(writing));
}

/** Its fields, where the operation writes them. */
function fieldsOf({ app, endpoint: { writes } }: Writing) {
  const isOfFields = writes?.creates === true || writes?.edits === true || writes?.moves !== undefined;
  return (isOfFields && app.application.registry.records.get(writes.type)?.definition.fields) || {};
}

/** Of what is made everything that may be said; of an edit and a move what must be, with what the move asks for. */
function namesIn({ app, endpoint: { writes, operationId } }: Writing, schema: Schema): string[] {
  const parts = Object.keys(schema.properties ?? {});
  const moves = app.application.registry.records.get(writes?.type ?? '')?.definition.lifecycle.moves ?? {};
  const asks = (writes?.moves ?? []).flatMap((move) => (moves[move] ? asked(moves[move]) : []));
  const wanted = writes?.creates ? parts : [...(schema.required ?? []), ...asks.map(({ field }) => field)];
  const names = new Set([...wanted, 'reason', 'reasonCode', 'title']);
  return [...names].filter((name) => parts.includes(name) && !never.has(`${operationId} ${name}`));
}

/** What is told when it has come, and not when the record is made. */
const never: ReadonlySet<string> = new Set(['improvement.create implementedOn', 'improvement.create afterSeries']);

/** What is no field of a record's: the first that its schema allows. */
function plainly(name: string, schema: Schema, { known, people, reader, document, seed }: Writing): unknown {
  if (name === 'title' || name === 'reason') return 'It is so.';
  // Of several links one that anybody may have.
  if (name === 'type') return 'relatesTo';
  if (name === 'service') return known.find(({ type }) => type === 'service')?.id;
  if (name === 'customers' || name === 'links' || name === 'profile' || name === 'owner') return undefined;
  if (name === 'customer' && reader.facet !== 'far') return people.one;
  const ids = known.length ? known.map(({ id }) => id) : [people.one];
  const source: Source = { schemas: document.components.schemas, ids };
  return fc.sample(fitting(schema, source, 0), { numRuns: 1, seed: seed + name.length })[0];
}

const groundOf = ({ reader, people }: Writing) => ({
  audience: 'own' as const,
  customers: [reader.facet === 'far' ? people.other : people.one],
  person: reader.client.id,
  colleague: people.keeper.id,
  customer: reader.facet === 'far' ? people.other : people.one,
  beside: [],
});

export async function versionOf({ database }: TestApplication, id: string): Promise<number> {
  const { rows } = await database.ownerPool.query<{ version: number }>(
    'select version from core.record where id = $1',
    [id],
  );
  return rows[0]?.version ?? 1;
}
