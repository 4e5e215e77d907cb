import { workOn } from '../../core/trait/notes/work-on.ts';
import { create } from '../../core/record/edit/create.ts';
import { lock } from '../../core/record/read/load.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Work } from '../../core/record/define/work.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { incidentRecord } from './record.ts';

/** A case as it is logged for the customer whose it is: every word of it is given anew. */
export interface LoggedAgain {
  expectedVersion: number;
  customer: string;
  title: string;
  description?: string | null | undefined;
  service: string;
  impact?: string | null | undefined;
  urgency?: string | null | undefined;
}

/**
 * Cancels a case that was logged for the wrong customer and logs it for the right one, in one act. Nothing of the one is copied to
 * the other, no link joins them, and what the wrong customer reads names none: where it went is an internal note. Refuses by `stop`.
 */
export async function logAgain(
  work: Work,
  name: string,
  { expectedVersion, customer, title, ...given }: LoggedAgain,
): Promise<string> {
  const record = serverRecord(work.application.registry, 'incident');
  const before = await lock(work, record, name, expectedVersion);
  if (before.customers.includes(customer)) stop(refuse('refused', theirs));
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { id, ref } = await create(work, serverRecord(work.application.registry, incidentRecord), {
    title,
    customers: [customer],
    ...fields,
  });
  await workOn(work, record, before.id, {
    notes: [{ audience: 'internal', text: `Logged again as ${ref}.` }],
    move: {
      name: 'cancel',
      input: { expectedVersion, reason: 'It was logged for another customer by mistake, and is logged again.' },
    },
  });
  return id;
}

const theirs = refusal(
  'incident.same-customer',
  'It is logged for that customer.',
  'Choose the customer whose case it is.',
  'customer',
);
