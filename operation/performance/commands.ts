import { lockUnscoped } from '../../core/record/read/load.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Work } from '../../core/record/define/work.ts';
import { offer } from '../../handover/hand-over/commands.ts';
import { servicePerformance } from '../../handover/service-performance/record.ts';
import type { Performance } from './store.ts';

const isSame = (one: Performance['figures'], other: Performance['figures']): boolean =>
  Object.keys(one).every((name) => one[name] === other[name]);

/** Whether a month says something that was not told yet. */
export const isNews = ({ told, figures }: Performance): boolean => told === null || !isSame(figures, told);

/** Hands a month over: the first edition, or the next one where late data altered it. What was told stays as it was. */
export async function tell(work: Work, month: Performance): Promise<string> {
  const { registry } = work.application;
  const subject = await lockUnscoped(work, serverRecord(registry, 'service'), month.serviceId);
  if (month.offered)
    await moveBecause(work, serverRecord(registry, servicePerformance.type), month.offered, 'withdraw', {
      reason: 'Late data: the next edition tells the month as it is known now.',
    });
  const told = await offer(work, servicePerformance, {
    subject,
    customers: [month.customerId],
    passed: [
      { role: 'service', id: month.serviceId },
      ...(month.agreementId ? [{ role: 'agreement', id: month.agreementId }] : []),
    ],
    fields: {
      forCustomer: month.customerId,
      periodFrom: month.periodFrom,
      periodTo: month.periodTo,
      ...month.figures,
    },
  });
  return told.id;
}
