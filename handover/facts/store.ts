const nil = "'00000000-0000-0000-0000-000000000000'::uuid";

/**
 * The zone whose days and months all figures of a service speak of for a customer, as an SQL expression over columns: that of the
 * first agreement which was in force at their first case, else the customer's own. An agreement that comes later shifts no days.
 */
export const zoneOfDays = ({ provider, service, customer }: Record<'provider' | 'service' | 'customer', string>) =>
  `coalesce(
     (
       select agreed.definition -> 'calendar' ->> 'zone'
       from handover.agreement_in_force agreed
       where agreed.provider_id = ${provider}
         and agreed.service_id = ${service}
         and (agreed.customer_id = ${customer} or coalesce(${customer}, ${nil}) = ${nil})
         and agreed.from_at <= coalesce(
           (
             select met.opened_at
             from core.case_fact met
             where met.provider_id = ${provider}
               and met.record_type = 'incident'
               and met.service_id = ${service}
               and coalesce(met.customer_id, ${nil}) = coalesce(${customer}, ${nil})
             order by met.opened_at
             limit 1),
           'infinity')
       order by agreed.from_at, agreed.agreement_id, agreed.version
       limit 1),
     (
       select party.zone
       from core.customer party
       where party.provider_id = ${provider} and party.id = ${customer}),
     'UTC')`;
