// What an incident is measured by: the agreement of its service that was in force when it was logged.
import type { Calendar } from '../../core/clock/calendar.ts';
import type { Terms } from '../../core/clock/terms.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import type { AgreementInForce } from '../../handover/facts/agreement-in-force.ts';
import { agreementAt, termsOf } from '../agreement/index.ts';
import type { incidentRecord } from './record.ts';

type Incident = RecordOf<typeof incidentRecord>;

async function agreementOf(client: Queryable, incident: Incident): Promise<AgreementInForce | undefined> {
  const { providerId, customers, fields } = incident;
  const { service, loggedAt } = fields;
  if (service === null || loggedAt === null) return undefined;
  return agreementAt(client, { providerId, service, customers, at: loggedAt });
}

export async function incidentTerms(client: Queryable, incident: Incident): Promise<Terms | undefined> {
  const agreement = await agreementOf(client, incident);
  const { priority } = incident.fields;
  return agreement && priority !== null ? termsOf(agreement, priority) : undefined;
}

/** The service hours of what is agreed about it. */
export const hoursOf = async (client: Queryable, incident: Incident): Promise<Calendar | undefined> =>
  (await agreementOf(client, incident))?.definition.calendar;
