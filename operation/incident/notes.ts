import { randomUUIDv7 } from 'node:crypto';
import { commit } from '../../core/record/content.ts';
import { lock } from '../../core/record/load.ts';
import { moveBecause } from '../../core/record/move.ts';
import { keepPersonal } from '../../core/record/personal.ts';
import { save } from '../../core/record/save.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Work } from '../../core/record/work.ts';
import type { Principal } from '../../core/permission/principal.ts';
import { insertNote } from './store/notes.ts';

export type Audience = 'public' | 'internal';

/** Whether a person reads and writes what customers do not see. */
export const seesInternal = (principal: Principal): boolean =>
  principal.kind === 'system' || principal.grants.some(({ side }) => side === 'P' || side === 'A');

/**
 * Adds a note to an incident. Its text is personal: the journal holds a commitment, so that it can be erased. A
 * customer's answer resumes an incident that waits for the customer (domain J-8). Refuses by `stop`.
 */
export async function addNote(
  work: Work,
  name: string,
  { audience, text }: { audience: Audience; text: string },
): Promise<string> {
  const record = serverRecord(work.application.registry, 'incident');
  const incident = await lock(work, record, name);
  const { principal } = work.caller;
  if (audience === 'internal' && !seesInternal(principal))
    stop(
      refuse(
        'forbidden',
        refusal('incident.note-audience', 'Internal notes are for the provider.', 'Write a public note.', 'audience'),
      ),
    );
  const id = randomUUIDv7();
  const kept = commit('note', text);
  await save(work, record, incident, {
    extra: { _note: { id, audience, text: { commitment: kept.commitment } } },
    entry: { kind: 'edited' },
  });
  await keepPersonal(work, incident.id, [kept]);
  await insertNote(work, { id, incidentId: incident.id, audience, commitment: kept.commitment });
  const answered =
    principal.customer !== null && incident.state === 'pending' && incident.fields['pendingReason'] === 'customer';
  if (answered) await moveBecause(work, record, incident.id, 'resume', { reason: 'The customer answered.' });
  return id;
}
