import { randomUUIDv7 } from 'node:crypto';
import { commit } from '../../core/record/content.ts';
import type { RecordData } from '../../core/record/data.ts';
import { tell } from '../../core/record/entries.ts';
import { lock } from '../../core/record/load.ts';
import { move, moveBecause } from '../../core/record/move.ts';
import type { MoveRequest } from '../../core/record/move.ts';
import { keepPersonal } from '../../core/record/personal.ts';
import { save } from '../../core/record/save.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Work } from '../../core/record/work.ts';
import type { Principal } from '../../core/permission/principal.ts';
import { insertNotes } from './store/notes.ts';
import type { Note } from './store/notes.ts';

export type Audience = 'public' | 'internal';

export interface NewNote {
  audience: Audience;
  text: string;
}

/** Whether a person reads and writes what customers do not see. */
export const seesInternal = (principal: Principal): boolean =>
  principal.kind === 'system' || principal.grants.some(({ side }) => side === 'P' || side === 'A');

/** What somebody does on a case in one go: says something, and moves it. */
export interface CaseWork {
  notes: readonly NewNote[];
  move?: { name: string; input: MoveRequest };
}

export interface Worked {
  incident: RecordData;
  /** What was said in this act. */
  notes: Note[];
}

/**
 * Adds notes to an incident and moves it, in one act: its one entry is the move's, which carries the notes. A note by itself
 * leaves the version that an editor must name. A customer's answer resumes an incident that waits for the customer (domain
 * J-8). Refuses by `stop`.
 */
export async function workOn(work: Work, name: string, { notes, move: wanted }: CaseWork): Promise<Worked> {
  const record = serverRecord(work.application.registry, 'incident');
  const incident = await lock(work, record, name, wanted?.input.expectedVersion);
  const answered = incident.state === 'pending' && incident.fields['pendingReason'] === 'customer';
  const resumes = answered && work.caller.principal.customer !== null;
  const isLast = !wanted && !resumes;
  const { after, said } = notes.length
    ? await addNotes(work, incident, { notes, isLast })
    : { after: incident, said: [] };
  if (wanted) return { incident: await move(work, record, incident.id, wanted.name, wanted.input), notes: said };
  if (!resumes) return { incident: after, notes: said };
  const because = { reason: 'The customer answered.' };
  return { incident: await moveBecause(work, record, incident.id, 'resume', because), notes: said };
}

interface Talk {
  notes: readonly NewNote[];
  /** The act ends with them: else what follows saves the record, and its entry carries them. */
  isLast: boolean;
}

/** Their text is personal: the journal holds a commitment, so that it can be erased. */
async function addNotes(
  work: Work,
  incident: RecordData,
  { notes, isLast }: Talk,
): Promise<{ after: RecordData; said: Note[] }> {
  if (notes.some(({ audience }) => audience === 'internal') && !seesInternal(work.caller.principal))
    stop(
      refuse(
        'forbidden',
        refusal('incident.note-audience', 'Internal notes are for the provider.', 'Write a public note.', 'audience'),
      ),
    );
  const made = notes.map((note) => ({ ...note, id: randomUUIDv7(), kept: commit('notes', note.text) }));
  const told = made.map(({ id, audience, kept: { commitment } }) => ({ id, audience, text: { commitment } }));
  const { contentHash } = incident;
  let after = incident;
  if (isLast) {
    const record = serverRecord(work.application.registry, 'incident');
    after = await save(work, record, incident, { extra: { _notes: told }, entry: { kind: 'noted' }, last: true });
  } else tell(work, incident, { kind: 'noted', edits: { _notes: told }, contentHash });
  await keepPersonal(
    work,
    incident.id,
    made.map(({ kept }) => kept),
  );
  await insertNotes(
    work,
    incident.id,
    made.map(({ id, audience, kept: { commitment } }) => ({ id, audience, commitment })),
  );
  const [author, at] = [work.caller.principal.id, work.now];
  return { after, said: made.map(({ id, audience, text }) => ({ id, audience, author, at, text })) };
}
