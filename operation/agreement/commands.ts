import { moveBecause } from '../../core/record/move.ts';
import { link } from '../../core/record/relate.ts';
import { save } from '../../core/record/save.ts';
import type { RecordData } from '../../core/record/data.ts';
import type { FieldValues } from '../../core/record/row.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Commands, Work } from '../../core/record/work.ts';
import { definitionOf, readCalendar } from './definition.ts';
import { endInForce, putInForce } from './store.ts';

const self = (work: Work) => serverRecord(work.application.registry, 'agreement');

const keep = (work: Work, agreement: RecordData, fields: FieldValues): Promise<RecordData> =>
  save(work, self(work), agreement, { fields, entry: { kind: 'edited' } });

const unsigned = { signedByCustomer: null, signedByProvider: null };

export const agreementCommands: Commands = {
  derive: (fields) => ({ zone: readCalendar(fields['calendar']).calendar?.zone ?? null }),
  // Two agreements of one service come into force one after the other.
  locks: async (_work, agreement, move) =>
    Promise.resolve(move === 'put-in-force' ? [partiesOf(agreement).service] : []),
  created: async (work, agreement) => {
    await link(work, { type: 'governedBy', from: String(agreement.fields['service']), to: agreement.id });
  },
  edited: async (work, agreement) => {
    // Who signed, signed something else.
    if (agreement.fields['signedByCustomer'] || agreement.fields['signedByProvider'])
      await keep(work, agreement, unsigned);
  },
  moved: async (work, agreement, move) => {
    if (move === 'sign-customer') await sign(work, agreement, 'signedByCustomer');
    if (move === 'sign-provider') await sign(work, agreement, 'signedByProvider');
    if (move === 'amend') await keep(work, agreement, unsigned);
    if (move === 'put-in-force') await begin(work, agreement);
    if (move === 'terminate')
      await endInForce(work.client, agreement.providerId, { ...partiesOf(agreement), at: work.now });
  },
};

async function sign(work: Work, agreement: RecordData, field: string): Promise<void> {
  const { fields } = await keep(work, agreement, { [field]: work.caller.principal.id });
  if (fields['signedByCustomer'] && fields['signedByProvider'])
    await moveBecause(work, self(work), agreement.id, 'agree');
}

const partiesOf = ({ fields }: RecordData) => ({
  service: String(fields['service']),
  customer: String(fields['customer']),
});

/** The version signed becomes the one that counts from its start on; the earlier one governs the past. */
async function begin(work: Work, agreement: RecordData): Promise<void> {
  const { service, customer } = partiesOf(agreement);
  const from = String(agreement.fields['effectiveFrom']);
  const version = Number(agreement.fields['agreementVersion'] ?? 0) + 1;
  await endInForce(work.client, agreement.providerId, { service, customer, at: from });
  await putInForce(work.client, agreement.providerId, {
    agreementId: agreement.id,
    version,
    serviceId: service,
    customerId: customer,
    from,
    to: null,
    definition: definitionOf(agreement.fields),
    contentHash: agreement.contentHash,
  });
  await keep(work, agreement, { agreementVersion: version, hashInForce: agreement.contentHash });
}
