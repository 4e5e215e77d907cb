import { byRightsOfNow } from '../act/rights-of-now.ts';
import type { RecordDefinition } from '../define/define.ts';
import type { Work } from '../define/work.ts';

/**
 * The work as it is judged: on records that say who acts, and by which right, by the rights that its person has now. Asked once all
 * that the work waits for is locked: whoever ends those rights at this moment waits, or is waited for.
 */
export async function judgedNow(work: Work, { rights }: Pick<RecordDefinition, 'rights'>): Promise<Work> {
  return rights ? byRightsOfNow(work) : work;
}
