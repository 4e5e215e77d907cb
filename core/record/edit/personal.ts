import type { Work } from '../define/work.ts';

/** Keeps personal values with their salts, from where they can be erased. */
export async function keepPersonal(
  work: Work,
  recordId: string,
  personal: readonly { field: string; commitment: string; salt: string; value: unknown }[],
): Promise<void> {
  await work.client.query({
    name: 'keep personal values',
    text: `insert into core.personal_value (provider_id, record_id, field, commitment, salt, value)
      select $1, $2, x.field, x.commitment, x.salt, x.value
      from jsonb_to_recordset($3) as x(field text, commitment text, salt text, value jsonb)`,
    values: [work.caller.principal.providerId, recordId, JSON.stringify(personal)],
  });
}
