import { altered } from '../../core/record/edit/derived.ts';
import { link } from '../../core/record/relate/relate.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import type { Also, Commands, Work } from '../../core/record/define/work.ts';
import type { criterionWaiverRecord } from './record.ts';
import { criteriaOn } from './store.ts';

type Waiver = RecordOf<typeof criterionWaiverRecord>;

/** A waiver says what the criterion asks as it was proposed; granted, it is evidence where the criterion is judged. */
export const criterionWaiverCommands: Commands<typeof criterionWaiverRecord> = {
  creating: stated,
  editing: (work, { after }) => stated(work, after),
  moved: async (work, { id, fields }, move) => {
    if (move === 'grant') await link(work, { type: 'waives', from: id, to: fields.subject });
  },
};

async function stated(work: Work, { providerId, fields }: Waiver): Promise<Also<typeof criterionWaiverRecord>> {
  const criteria = await criteriaOn(work.client, providerId, fields.subject);
  const statement = criteria.find(({ criterion }) => criterion === fields.criterion)?.statement ?? null;
  return { fields: altered(fields, { statement }) };
}
