// What an incident is measured by: the agreement of its service that was in force when it was logged.
import type { Calendar } from '../../core/clock/calendar.ts';
import type { Terms } from '../../core/clock/terms.ts';
import type { Queryable } from '../../core/record/queryable.ts';
import type { RecordData } from '../../core/record/data.ts';
import type { AgreementInForce } from '../../handover/facts/agreement-in-force.ts';
import { agreementAt, termsOf } from '../agreement/index.ts';

async function agreementOf(client: Queryable, incident: RecordData): Promise<AgreementInForce | undefined> {
  const { providerId, customers, fields } = incident;
  if (typeof fields['service'] !== 'string') return undefined;
  return agreementAt(client, { providerId, service: fields['service'], customers, at: String(fields['loggedAt']) });
}

export async function incidentTerms(client: Queryable, incident: RecordData): Promise<Terms | undefined> {
  const agreement = await agreementOf(client, incident);
  return agreement && termsOf(agreement, String(incident.fields['priority']));
}

/** The service hours of what is agreed about it. */
export const hoursOf = async (client: Queryable, incident: RecordData): Promise<Calendar | undefined> =>
  (await agreementOf(client, incident))?.definition.calendar;
