import type { Queryable } from '../../../core/database/queryable.ts';
import type { AgreementInForce } from '../../../handover/facts/agreement-in-force.ts';

/** Every version of the agreements of a service and customer that ever was in force, the newest first. */
export async function agreementsOf(
  client: Queryable,
  of: { providerId: string; serviceId: string; customerId: string | null },
): Promise<AgreementInForce[]> {
  const { rows } = await client.query(
    `select agreement_id as "agreementId",
       version,
       service_id as "serviceId",
       customer_id as "customerId",
       from_at as "from",
       to_at as "to",
       definition
     from handover.agreement_in_force
     where provider_id = $1 and service_id = $2 and ($3::uuid is null or customer_id = $3)
     order by from_at desc, customer_id`,
    [of.providerId, of.serviceId, of.customerId],
  );
  return rows as AgreementInForce[]; // the select list is the fact
}
