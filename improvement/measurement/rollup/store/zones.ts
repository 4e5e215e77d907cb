import { zoneOfDays } from '../../../../handover/facts/store.ts';
import { nil } from './cursor.ts';

/** Days are taken at the first figure of a service for a customer, so that they never shift under figures. */
export const zoneOf = `z.provider_id = f.provider_id and z.service_id = f.service_id and z.customer_id = coalesce(f.customer_id, ${nil})`;
const pair = { provider: 'f.provider_id', service: 'f.service_id', customer: 'f.customer_id' };

export const keptZones = (pairs: string) => `insert into improvement.zone (provider_id, service_id, customer_id, zone)
  select f.provider_id, f.service_id, coalesce(f.customer_id, ${nil}), ${zoneOfDays(pair)}
  from (
    select distinct f.provider_id, f.service_id, f.customer_id
    from ${pairs}
    where f.service_id is not null) f
  where not exists (select from improvement.zone z where ${zoneOf})
  on conflict do nothing`;
