import { readCalendar } from '../../core/clock/read-calendar.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { link } from '../../core/record/relate/relate.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Also, Commands, Work } from '../../core/record/define/work.ts';
import { agreementRecord } from './record.ts';
import { definitionOf, withRecorded } from './definition.ts';
import { endInForce, inForceTold, newestVersion, putInForce } from './store.ts';

type Agreement = RecordOf<typeof agreementRecord>;

const unsigned = { signedByCustomer: null, signedByProvider: null };

export const agreementCommands: Commands<typeof agreementRecord> = {
  derive: [
    { from: ['calendar'], values: (fields) => ({ zone: readCalendar(fields.calendar).calendar?.zone ?? null }) },
  ],
  // Two agreements of one service come into force one after the other.
  locks: async (_work, agreement, move) =>
    Promise.resolve(move === 'put-in-force' ? [partiesOf(agreement).service] : []),
  created: async (work, agreement) => {
    await link(work, { type: 'governedBy', from: agreement.fields.service, to: agreement.id });
  },
  // Who signed, signed something else.
  editing: async (_work, { before }) =>
    Promise.resolve(before.fields.signedByCustomer || before.fields.signedByProvider ? { fields: unsigned } : {}),
  moving: async (work, { after, move }) => {
    const { signedByCustomer, signedByProvider } = after.fields;
    if (move.startsWith('sign-') && signedByCustomer && signedByProvider)
      return { afterwards: () => moveBecause(work, self(work), after.id, 'agree') };
    return move === 'put-in-force' ? begin(work, after) : {};
  },
  moved: async (work, agreement, move) => {
    if (move === 'terminate')
      await endInForce(work.client, agreement.providerId, { ...partiesOf(agreement), at: work.now });
  },
};

const self = (work: Work) => serverRecord(work.application.registry, agreementRecord);

const partiesOf = ({ fields: { service, customer } }: Agreement) => ({ service, customer });

/** The version signed becomes the one that counts from its start on; the earlier one governs the past. */
async function begin(work: Work, agreement: Agreement): Promise<Also<typeof agreementRecord>> {
  const { service, customer } = partiesOf(agreement);
  const { effectiveFrom: from, agreementVersion } = agreement.fields;
  if (from === null) throw new Error(`${agreement.ref} is put in force without a start`); // rule `begins`
  const version = (agreementVersion ?? 0) + 1;
  const before = await newestVersion(work.client, agreement);
  const definition = withRecorded(definitionOf(agreement.fields), before, Date.parse(work.now));
  await endInForce(work.client, agreement.providerId, { service, customer, at: from });
  await putInForce(work.client, agreement.providerId, {
    agreementId: agreement.id,
    version,
    serviceId: service,
    customerId: customer,
    from,
    to: null,
    definition,
    contentHash: agreement.contentHash,
  });
  return {
    fields: { agreementVersion: version, hashInForce: agreement.contentHash },
    extra: {
      _inForce: [inForceTold({ version, service, customer, from, definition, contentHash: agreement.contentHash })],
    },
  };
}
