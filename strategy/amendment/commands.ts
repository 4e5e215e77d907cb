import { altered } from '../../core/record/edit/derived.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { lockUnscoped } from '../../core/record/read/load.ts';
import { link } from '../../core/record/relate/relate.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Also, Commands, Work } from '../../core/record/define/work.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { outcomeRecord } from '../outcome/index.ts';
import { differencesOf, filled } from './differences.ts';
import type { amendmentRecord } from './record.ts';
import { notAgreed } from './rules.ts';
import { proposedFor, refsOf } from './store.ts';

type Amendment = RecordOf<typeof amendmentRecord>;

/** What an amendment makes happen: it tells what is altered, and what the business decided comes about at once. */
export const amendmentCommands: Commands<typeof amendmentRecord> = {
  locks: async (_work, amendment) => Promise.resolve([amendment.fields.outcome]),
  creating: async (work, amendment) => {
    await refuseSecond(work, amendment);
    return compared(work, amendment);
  },
  created: async (work, { id, fields }) => {
    await link(work, { type: 'amends', from: id, to: fields.outcome });
  },
  editing: (work, { after }) => compared(work, after),
  moved: async (work, amendment, move) => {
    if (move === 'apply') await apply(work, amendment);
  },
};

const outcomes = (work: Work) => serverRecord(work.application.registry, outcomeRecord);

/** The differences from the outcome as it stands; once decided, they stay as they were decided. */
async function compared(work: Work, amendment: Amendment): Promise<Also<typeof amendmentRecord>> {
  const outcome = await lockUnscoped(work, outcomes(work), amendment.fields.outcome);
  const people = [outcome.fields.verifier, amendment.fields.verifier].filter((each) => each !== null);
  const refs = await refsOf(work.client, amendment.providerId, people);
  return { fields: altered(amendment.fields, { differences: differencesOf(outcome.fields, amendment.fields, refs) }) };
}

async function refuseSecond(work: Work, { providerId, fields }: Amendment): Promise<void> {
  if (work.caller.principal.kind !== 'person') return;
  const outcome = await lockUnscoped(work, outcomes(work), fields.outcome);
  const refusals = notAgreed(outcome);
  if (refusals.length) stop(refuse('refused', ...refusals));
  const proposed = await proposedFor(work.client, providerId, fields.outcome);
  if (proposed !== null)
    stop(
      refuse(
        'refused',
        refusal(
          'amendment.waits',
          `${proposed} of ${outcome.ref} waits for its decision.`,
          'Have it decided or withdrawn first: each is decided against what stands.',
          'outcome',
        ),
      ),
    );
}

async function apply(work: Work, { ref, fields }: Amendment): Promise<void> {
  const reason = `${ref}: ${fields.why}`;
  if (fields.kind === 'give_up') await moveBecause(work, outcomes(work), fields.outcome, 'give-up', { reason });
  else await moveBecause(work, outcomes(work), fields.outcome, 'amend', { reason, ...filled(fields) });
}
