import { z } from 'zod';
import { idText, instantText } from '../../names/forms.ts';
import { endpoint } from '../../http/endpoint.ts';
import type { Call, Endpoint } from '../../http/endpoint.ts';
import { headerSchema, names, recordParams as params } from '../../http/views.ts';
import { toHeader } from '../../record/define/data.ts';
import { loadHeader, missing } from '../../record/read/load.ts';
import { namesOf } from '../../record/read/names.ts';
import { moveSchema } from '../../record/define/schema.ts';
import { act } from '../../record/act/act.ts';
import type { ServerRecord } from '../../record/define/work.ts';
import { withArticle } from '../../refusal/article.ts';
import { done } from '../../refusal/refusal.ts';
import { notesOf } from './store.ts';
import { workOn } from './work-on.ts';
import type { NewNote, RecordWork } from './work-on.ts';

const audience = z.enum(['public', 'internal']);
const noteView = z
  .object({
    id: idText,
    audience,
    author: idText,
    at: instantText,
    text: z.string().nullable(),
  })
  .meta({ id: 'Note' });

const noteText = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .refine((value) => value.isWellFormed() && !value.includes('\0'), 'is not text');

/** The record as it then stands, and what was said in this act. */
const afterWork = z.object({ record: headerSchema, notes: z.array(noteView) });

type RecordCall = Pick<Call<{ id: string }>, 'application' | 'caller' | 'params'>;

/** What a record type with notes offers: reading them, adding one, and saying something and moving in one act. */
export function noteEndpoints(record: ServerRecord): readonly Endpoint[] {
  const { type, path, plural: tag, label, lifecycle } = record.definition;
  const moves = Object.keys(lifecycle.moves);
  const one = withArticle(label);
  const common = { tag, params, response: afterWork, idempotent: true } as const;
  return [
    endpoint({
      method: 'GET',
      path: `/${path}/{id}/notes`,
      operationId: `${type}.notes`,
      tag,
      status: 200,
      summary: `The notes on ${one} that you may see`,
      description: `Lists what was said of ${one}, the oldest first, with who said it: to everybody who sees it, and among the people of the provider where you are one of them.`,
      params,
      response: z.object({ items: z.array(noteView), names }),
      handle: (call) => readNotes(call, record),
    }),
    endpoint({
      ...common,
      method: 'POST',
      path: `/${path}/{id}/notes`,
      operationId: `${type}.note`,
      status: 201,
      summary: `Add a note to ${one}: public, or internal to the provider`,
      description: `Says something of ${one}, to everybody who sees it or among the provider's people. Where it waits for the customer, the customer's answer takes the work up again.`,
      body: z.strictObject({ audience, text: noteText }),
      writes: { type, moves },
      refusals: ['note.audience'],
      handle: (call) => working(call, record, 'note', { notes: [call.body] }),
    }),
    endpoint({
      ...common,
      method: 'POST',
      path: `/${path}/{id}/work`,
      operationId: `${type}.work`,
      status: 200,
      summary: 'Say something and make a move in one act: an internal note, a reply to the customer, a move',
      description: `Writes a note, a reply or both on ${one} and makes a move in one transaction: all of it or none. Answers with the record as it then stands and with what was said.`,
      writes: { type, moves },
      refusals: ['note.audience', 'move.gate'],
      body: z
        .strictObject({
          note: noteText.meta({ title: 'The note' }).optional().describe('Internal to the provider'),
          reply: noteText.meta({ title: 'The note' }).optional().describe('Read by the customer'),
          move: movesOf(record).optional(),
        })
        .refine((body) => Object.keys(body).length > 0, 'is empty: give a note, a reply or a move'),
      handle: (call) => working(call, record, 'work', worded(call.body)),
    }),
  ];
}

/** The moves that people make, each with its name and its own input. */
function movesOf({ definition }: ServerRecord) {
  const [first, ...further] = Object.entries(definition.lifecycle.moves).map(([name, move]) =>
    moveSchema(definition, move).extend({ name: z.literal(name) }),
  );
  if (!first) throw new Error(`${definition.type} has no moves`);
  return z.discriminatedUnion('name', [first, ...further]);
}

interface Said {
  note?: string | undefined;
  reply?: string | undefined;
  move?: (Record<string, unknown> & { name?: unknown }) | undefined;
}

function worded({ note, reply, move }: Said): RecordWork {
  const notes: NewNote[] = [
    ...(reply === undefined ? [] : [{ audience: 'public' as const, text: reply }]),
    ...(note === undefined ? [] : [{ audience: 'internal' as const, text: note }]),
  ];
  if (!move) return { notes };
  const { name, ...input } = move;
  return { notes, move: { name: String(name), input } };
}

async function readNotes({ application, caller, params: { id } }: RecordCall, { definition: { type } }: ServerRecord) {
  const { principal } = caller;
  const header = await loadHeader(application.pool, principal, id);
  if (header?.type !== type) return missing(type, id);
  const record = { providerId: principal.providerId, id: header.id };
  const items = await notesOf(application.pool, record, principal);
  const authors = items.map(({ author }) => author);
  return done({ items, names: await namesOf(application.pool, principal, authors) });
}

async function working(
  { application, caller, params: { id: name } }: RecordCall,
  record: ServerRecord,
  command: string,
  wanted: RecordWork,
) {
  const { type } = record.definition;
  const outcome = await act(application, caller, { command, type }, async (work) => {
    const { record: after, notes } = await workOn(work, record, name, wanted);
    return { id: after.id, data: { record: toHeader(after), notes } };
  });
  if (!outcome.ok) return outcome;
  const { id, data } = outcome.value;
  if (data) return done(data);
  // A repeated call is answered with what stands now.
  const stands = await loadHeader(application.pool, caller.principal, id);
  return stands ? done({ record: toHeader(stands), notes: [] }) : missing(type, name);
}
