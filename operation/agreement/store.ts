import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Beside, BesideElement } from '../../core/record/define/beside.ts';
import { canonical, sha256 } from '../../core/journal/format/hash.ts';
import type { Json } from '../../core/journal/format/hash.ts';
import { tellsMove } from '../../core/journal/format/made.ts';
import { compared } from '../../core/journal/recount.ts';
import type { Recount } from '../../core/journal/recount.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { AgreementDefinition, AgreementInForce } from '../../handover/facts/agreement-in-force.ts';
import type { agreementRecord } from './record.ts';
import type { AgreementFacts } from './rules.ts';

/** What the agreement's rules need to know, over $1 = provider and $2 = record. */
export const agreementFacts: FactsFor<typeof agreementRecord, AgreementFacts> = {
  lastFrom: `select to_jsonb(max(f.from_at))
    from handover.agreement_in_force f
    join operation.agreement a on a.provider_id = f.provider_id
      and a.service = f.service_id
      and a.customer = f.customer_id
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

/** A version in force as the agreement's entry tells it: what was agreed by hash. When it ends is another's act. */
export function inForceTold(of: {
  version: number;
  service: string;
  customer: string;
  from: string;
  definition: unknown;
  contentHash: string;
}): BesideElement {
  const { version, service, customer, from, contentHash } = of;
  const definition = sha256(canonical(of.definition as Json)); // plain data
  return { id: String(version), service, customer, from: new Date(from).toISOString(), definition, contentHash };
}

export const inForceBeside: Beside = {
  told: '_inForce',
  what: 'version in force',
  standing: async (client, providerId, records) => {
    const { rows } = await client.query(
      `select agreement_id as of,
         version,
         service_id as service,
         customer_id as customer,
         from_at as "from",
         definition,
         content_hash as "contentHash"
       from handover.agreement_in_force
       where provider_id = $1 and agreement_id = any($2::uuid[])
       order by version`,
      [providerId, records],
    );
    const told = rows as (Parameters<typeof inForceTold>[0] & { of: string })[]; // the select list
    return new Map([...Map.groupBy(told, ({ of }) => of)].map(([of, group]) => [of, group.map(inForceTold)]));
  },
};

/** When a version was put in force, by its agreement's journal. */
const putIn = (version: string, entry: string) =>
  `join core.journal ${entry} on ${entry}.provider_id = ${version}.provider_id
     and ${entry}.record_id = ${version}.agreement_id
     and ${entry}.edits -> '_inForce' @> jsonb_build_array(jsonb_build_object('id', ${version}.version::text))`;

/** Until when each version governs: until one begins that was put in force after it, or until a later termination; never before its own start. */
export const inForceRecount: Recount = {
  what: 'ends of agreements in force',
  differences: (client) =>
    compared(client, 'the end of a version in force', {
      expected: `select f.agreement_id || ' ' || f.version as key,
          r.ref as told,
          to_jsonb(greatest(f.from_at, e.at)) as value
        from handover.agreement_in_force f
        join core.record r on r.provider_id = f.provider_id and r.id = f.agreement_id ${putIn('f', 'p')}
        left join lateral (
          select min(x.at) as at
          from (
            select g.from_at as at
            from handover.agreement_in_force g ${putIn('g', 'q')}
            where g.provider_id = f.provider_id
              and g.service_id = f.service_id
              and g.customer_id = f.customer_id
              and q.seq > p.seq
            union all
            select j.recorded_at
            from handover.agreement_in_force g
            join core.journal j on j.provider_id = g.provider_id
              and j.record_id = g.agreement_id
              and ${tellsMove("'terminate'")}
            where g.provider_id = f.provider_id
              and g.service_id = f.service_id
              and g.customer_id = f.customer_id
              and j.seq > p.seq) x) e on true
        where e.at is not null`,
      standing: `select f.agreement_id || ' ' || f.version as key, r.ref as told, to_jsonb(f.to_at) as value
        from handover.agreement_in_force f
        join core.record r on r.provider_id = f.provider_id and r.id = f.agreement_id
        where f.to_at is not null`,
    }),
};

/** What an agreement's newest version says, if one was ever in force. */
export async function newestVersion(
  client: Queryable,
  agreement: { providerId: string; id: string },
): Promise<AgreementDefinition | undefined> {
  const { rows } = await client.query(
    `select definition
     from handover.agreement_in_force
     where provider_id = $1 and agreement_id = $2
     order by version desc
     limit 1`,
    [agreement.providerId, agreement.id],
  );
  return (rows[0] as { definition: AgreementDefinition } | undefined)?.definition;
}

/** Writes a version into force. */
export async function putInForce(
  client: Queryable,
  providerId: string,
  version: AgreementInForce & { contentHash: string },
): Promise<void> {
  await client.query(
    `insert into handover.agreement_in_force (
       provider_id, agreement_id, version, service_id, customer_id, from_at, to_at, definition, content_hash)
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

/** The agreement that governs a service for a customer at an instant. */
export async function agreementAt(
  client: Queryable,
  of: { providerId: string; service: string; customers: readonly string[]; at: string },
): Promise<AgreementInForce | undefined> {
  const { rows } = await client.query(
    `select agreement_id as "agreementId",
       version,
       service_id as "serviceId",
       customer_id as "customerId",
       from_at as "from",
       to_at as "to",
       definition
     from handover.agreement_in_force
     where provider_id = $1
       and service_id = $2
       and customer_id = any($3::uuid[])
       and from_at <= $4
       and (to_at is null or to_at > $4)
     order by from_at desc, customer_id
     limit 1`,
    [of.providerId, of.service, of.customers, of.at],
  );
  return rows[0] as AgreementInForce | undefined; // the select list is the fact
}
