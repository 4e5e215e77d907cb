import type { RecordData } from '../record/data.ts';
import type { FactSource } from '../record/facts.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Work } from '../record/work.ts';

/** The customer organisation of a delegation's delegate. The record is not saved yet when this is asked. */
export async function personOfDelegate({ client }: FactSource, delegation: RecordData): Promise<string | null> {
  const { rows } = await client.query('select customer from core.person where provider_id = $1 and id = $2', [
    delegation.providerId,
    delegation.fields['delegate'],
  ]);
  return (rows[0] as { customer: string | null } | undefined)?.customer ?? null;
}

/** A customer's administrator makes people and rights of its own organisation only. */
export async function shareWithCustomer(work: Work, record: RecordData): Promise<void> {
  const { customer } = work.caller.principal;
  if (customer !== null && record.fields['customer'] !== customer) {
    stop(
      refuse(
        'forbidden',
        refusal(
          'party.other-customer',
          'You keep the people and rights of your own organisation only.',
          'Name your own organisation.',
          'customer',
        ),
      ),
    );
  }
  await Promise.resolve();
}
