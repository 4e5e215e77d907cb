import { randomUUIDv7 } from 'node:crypto';
import { commit } from '../../record/define/content.ts';
import type { RecordData } from '../../record/define/data.ts';
import { tell } from '../../record/act/entries.ts';
import { lock } from '../../record/read/load.ts';
import { move, moveBecause } from '../../record/edit/move.ts';
import type { MoveRequest } from '../../record/edit/move.ts';
import { keepPersonal } from '../../record/edit/personal.ts';
import { save } from '../../record/edit/save.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { ServerRecord, Work } from '../../record/define/work.ts';
import type { Principal } from '../../permission/principal.ts';
import { insertNotes } from './store.ts';
import type { Note } from './store.ts';

export type Audience = 'public' | 'internal';

export interface NewNote {
  audience: Audience;
  text: string;
}

/** Whether a person reads and writes what customers do not see. */
const seesInternal = (principal: Principal): boolean =>
  principal.kind === 'system' || principal.grants.some(({ side }) => side === 'P' || side === 'A');

/** What somebody does on a record in one go: says something, and moves it. */
export interface RecordWork {
  notes: readonly NewNote[];
  move?: { name: string; input: MoveRequest };
}

export interface Worked {
  record: RecordData;
  /** What was said in this act. */
  notes: Note[];
}

/**
 * Adds notes to a record and moves it, in one act: its one entry is the move's, which carries the notes. Notes by themselves
 * leave the version that an editor must name. A customer's answer makes the move that its type declares for it (model J.8).
 * Refuses by `stop`.
 */
export async function workOn(
  work: Work,
  record: ServerRecord,
  name: string,
  { notes, move: wanted }: RecordWork,
): Promise<Worked> {
  const data = await lock(work, record, name, wanted?.input.expectedVersion);
  const answer = wanted ? undefined : answeredBy(work, record, data);
  const isLast = !wanted && !answer;
  const { after, said } = notes.length
    ? await addNotes(work, record, { data, notes, isLast })
    : { after: data, said: [] };
  if (wanted) return { record: await move(work, record, data.id, wanted.name, wanted.input), notes: said };
  if (!answer) return { record: after, notes: said };
  return { record: await moveBecause(work, record, data.id, answer.move, { reason: answer.because }), notes: said };
}

/** The move that a customer's words make by themselves, where the record waits for them. */
function answeredBy(work: Work, { definition }: ServerRecord, { state, fields }: RecordData) {
  const { answer } = definition.traits?.notes ?? {};
  if (!answer || work.caller.principal.customer === null) return undefined;
  const may = definition.lifecycle.moves[answer.move]?.from.includes(state);
  return may && fields[answer.whileField] === answer.is ? answer : undefined;
}

interface Talk {
  data: RecordData;
  notes: readonly NewNote[];
  /** The act ends with them: else what follows saves the record, and its entry carries them. */
  isLast: boolean;
}

/** Their text is personal: the journal holds a commitment, so that it can be erased. */
async function addNotes(
  work: Work,
  record: ServerRecord,
  { data, notes, isLast }: Talk,
): Promise<{ after: RecordData; said: Note[] }> {
  if (notes.some(({ audience }) => audience === 'internal') && !seesInternal(work.caller.principal)) stop(notInternal);
  const made = notes.map((note) => ({ ...note, id: randomUUIDv7(), kept: commit('notes', note.text) }));
  const told = made.map(({ id, audience, kept: { commitment } }) => ({ id, audience, text: { commitment } }));
  const { contentHash } = data;
  let after = data;
  if (isLast) after = await save(work, record, data, { extra: { _notes: told }, entry: { kind: 'noted' }, last: true });
  else tell(work, data, { kind: 'noted', edits: { _notes: told }, contentHash });
  await keepPersonal(
    work,
    data.id,
    made.map(({ kept }) => kept),
  );
  await insertNotes(
    work,
    data.id,
    made.map(({ id, audience, kept: { commitment } }) => ({ id, audience, commitment })),
  );
  const [author, at] = [work.caller.principal.id, work.now];
  return { after, said: made.map(({ id, audience, text }) => ({ id, audience, author, at, text })) };
}

const notInternal = refuse(
  'forbidden',
  refusal('note.audience', 'Internal notes are for the provider.', 'Write a public note.', 'audience'),
);
