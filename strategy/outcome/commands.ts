import type { RecordOf } from '../../core/record/define/data.ts';
import type { Commands, Work } from '../../core/record/define/work.ts';
import { lockUnscoped } from '../../core/record/read/load.ts';
import { link } from '../../core/record/relate/relate.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { refreshSummaries } from '../package/index.ts';
import { worseRefusals } from './direction.ts';
import type { outcomeRecord } from './record.ts';

type Outcome = RecordOf<typeof outcomeRecord>;

/** An outcome belongs to its requirement from the start (the thread's first link); packages that promise it keep up with it. */
export const outcomeCommands: Commands<typeof outcomeRecord> = {
  creating: async (work, outcome) => {
    await refuseBeside(work, outcome);
    return {};
  },
  created: async (work, outcome) => {
    refuseWorse(outcome);
    await link(work, { type: 'expects', from: outcome.fields.requirement, to: outcome.id });
  },
  edited: (work, outcome) => {
    refuseWorse(outcome);
    return refreshSummaries(work, outcome);
  },
  moved: refreshSummaries,
};

function refuseWorse({ fields }: Outcome): void {
  const refusals = worseRefusals(fields);
  if (refusals.length) stop(refuse('refused', ...refusals));
}

/** What is agreed expects what was agreed: nothing is put beside it that the business did not see. */
async function refuseBeside(work: Work, { fields }: Outcome): Promise<void> {
  if (work.caller.principal.kind !== 'person') return;
  const requirements = serverRecord(work.application.registry, 'business-requirement');
  const requirement = await lockUnscoped(work, requirements, fields.requirement);
  if (requirements.definition.lifecycle.states[requirement.state]?.editable) return;
  stop(
    refuse(
      'refused',
      refusal(
        'outcome.requirement-decided',
        `${requirement.ref} is ${requirement.state.replaceAll('_', ' ')}: what it expects was decided with it.`,
        'Write the further need as a requirement of its own, which this one motivates; or amend one of its outcomes.',
        'requirement',
      ),
    ),
  );
}
