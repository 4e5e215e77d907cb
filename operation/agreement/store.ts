import type { Fact } from '../../core/record/facts.ts';
import type { Queryable } from '../../core/record/queryable.ts';
import type { AgreementInForce } from '../../handover/facts/agreement-in-force.ts';

/** What the agreement's rules need to know, over $1 = provider and $2 = record. */
export const agreementFacts: Readonly<Record<string, Fact>> = {
  lastFrom: `select to_jsonb(max(f.from_at)) from handover.agreement_in_force f join operation.agreement a on a.provider_id = f.provider_id and a.service = f.service_id and a.customer = f.customer_id
    where a.provider_id = $1 and a.id = $2 and (f.to_at is null or f.to_at > f.from_at)`,
};

/** Ends what is in force for a service and customer. */
export async function endInForce(
  client: Queryable,
  providerId: string,
  of: { service: string; customer: string; at: string },
): Promise<void> {
  await client.query(
    `update handover.agreement_in_force set to_at = greatest(from_at, $4::timestamptz)
     where provider_id = $1 and service_id = $2 and customer_id = $3 and (to_at is null or to_at > $4)`,
    [providerId, of.service, of.customer, of.at],
  );
}

/** Writes a version into force. */
export async function putInForce(
  client: Queryable,
  providerId: string,
  version: AgreementInForce & { contentHash: string },
): Promise<void> {
  await client.query(
    `insert into handover.agreement_in_force (provider_id, agreement_id, version, service_id, customer_id, from_at, to_at, definition, content_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      providerId,
      version.agreementId,
      version.version,
      version.serviceId,
      version.customerId,
      version.from,
      version.to,
      JSON.stringify(version.definition),
      version.contentHash,
    ],
  );
}
