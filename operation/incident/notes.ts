import { randomUUIDv7 } from 'node:crypto';
import { commit } from '../../core/record/content.ts';
import type { RecordData } from '../../core/record/data.ts';
import { lock } from '../../core/record/load.ts';
import { move, moveBecause } from '../../core/record/move.ts';
import type { MoveRequest } from '../../core/record/move.ts';
import { keepPersonal } from '../../core/record/personal.ts';
import { save } from '../../core/record/save.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Work } from '../../core/record/work.ts';
import type { Principal } from '../../core/permission/principal.ts';
import { insertNote } from './store/notes.ts';
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
  const said: Note[] = [];
  for (const note of notes) said.push(await addNote(work, incident, note));
  if (wanted) return { incident: await move(work, record, incident.id, wanted.name, wanted.input), notes: said };
  const answered = incident.state === 'pending' && incident.fields['pendingReason'] === 'customer';
  if (!answered || work.caller.principal.customer === null) return { incident, notes: said };
  const because = { reason: 'The customer answered.' };
  return { incident: await moveBecause(work, record, incident.id, 'resume', because), notes: said };
}

/** Its text is personal: the journal holds a commitment, so that it can be erased. */
async function addNote(work: Work, incident: RecordData, { audience, text }: NewNote): Promise<Note> {
  if (audience === 'internal' && !seesInternal(work.caller.principal))
    stop(
      refuse(
        'forbidden',
        refusal('incident.note-audience', 'Internal notes are for the provider.', 'Write a public note.', 'audience'),
      ),
    );
  const id = randomUUIDv7();
  const kept = commit('notes', text);
  await save(work, serverRecord(work.application.registry, 'incident'), incident, {
    extra: { _notes: [{ id, audience, text: { commitment: kept.commitment } }] },
    entry: { kind: 'noted' },
  });
  await keepPersonal(work, incident.id, [kept]);
  await insertNote(work, { id, incidentId: incident.id, audience, commitment: kept.commitment });
  return { id, audience, author: work.caller.principal.id, at: work.now, text };
}
