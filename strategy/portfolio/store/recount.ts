import { tellsMove } from '../../../core/journal/format/made.ts';
import { compared } from '../../../core/journal/recount.ts';
import type { Recount } from '../../../core/journal/recount.ts';

const closes = ['end', 'supersede', 'back-out'].map((move) => tellsMove(`'${move}'`, 'x')).join(' or ');

/** From when to when each subscription was live, by the moves that its journal tells. */
export const liveIntervalRecount: Recount = {
  what: 'intervals in which versions were live',
  differences: (client) =>
    compared(client, 'an interval in which it was live', {
      expected: `select j.record_id || ' ' || j.recorded_at as key,
          r.ref as told,
          jsonb_build_object(
            'version', u.service_version, 'service', u.service, 'customer', u.customer,
            'lineage', r.lineage_id, 'from', j.recorded_at, 'to', e.recorded_at) as value
        from core.journal j
        join core.record r on r.provider_id = j.provider_id and r.id = j.record_id
        join strategy.subscription u on u.provider_id = r.provider_id and u.id = r.id
        left join lateral (
          select x.recorded_at
          from core.journal x
          where x.provider_id = j.provider_id and x.record_id = j.record_id and x.seq > j.seq and (${closes})
          order by x.seq
          limit 1) e on true
        where j.record_type = 'subscription' and ${tellsMove("'go-live'")}`,
      standing: `select v.subscription_id || ' ' || v.from_at as key,
          r.ref as told,
          jsonb_build_object(
            'version', v.service_version_id, 'service', v.service_id, 'customer', v.customer_id,
            'lineage', v.lineage_id, 'from', v.from_at, 'to', v.to_at) as value
        from handover.live_interval v
        join core.record r on r.provider_id = v.provider_id and r.id = v.subscription_id`,
    }),
};
