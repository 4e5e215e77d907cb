import type { FactsFor } from '../../core/record/define/fact.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import { itemsOf } from '../../core/record/read/read-items.ts';
import { packageSummaryColumns } from '../../handover/facts/package-summary.ts';
import type { PackageSummary } from '../../handover/facts/package-summary.ts';
import { newestHandOver } from '../../handover/hand-over/store.ts';
import type { Newest } from '../../handover/hand-over/rules.ts';
import type { Passed } from '../../handover/hand-over/store.ts';
import { serviceDesignPackageHandOver } from '../../handover/service-design-package/record.ts';
import { servicePackageHandOver } from '../../handover/service-package/record.ts';
import type { designRecord } from './record.ts';
import type { DesignFacts } from './rules.ts';

/** What the design's rules need to know. */
export const designFacts: FactsFor<typeof designRecord, DesignFacts> = {
  items: ({ client }, data) => itemsOf(client, data),
  package: ({ client }, data) => packageSummary(client, data.providerId, data.fields.package),
  packageHandOver: ({ client }, data) => packageHandOver(client, data.providerId, data.fields.package),
  handOver: newestHandOver(serviceDesignPackageHandOver),
  changes: `select to_jsonb(
      exists (
        select
        from core.link l
        where l.provider_id = $1 and l.from_id = $2 and l.type = 'authorisedBy' and l.withdrawn_at is null))`,
};

/** The newest hand-over of a package; null where there is none. */
async function packageHandOver(client: Queryable, provider: string, id: string): Promise<Newest | null> {
  const { rows } = await client.query<{ newest: Newest | null }>(
    `select ${newestHandOver(servicePackageHandOver)} as newest`,
    [provider, id],
  );
  return rows[0]?.newest ?? null;
}

/** What the agreed package promises; null when there is no such package. */
export async function packageSummary(client: Queryable, provider: string, id: string): Promise<PackageSummary | null> {
  const { rows } = await client.query(
    `select ${packageSummaryColumns} from handover.package_summary s where s.provider_id = $1 and s.package_id = $2`,
    [provider, id],
  );
  return (rows[0] as PackageSummary | undefined) ?? null; // the select list is PackageSummary
}

/** What Transition needs of a design: itself and its components, and how many of its items were accepted. */
export async function passedOn(
  client: Queryable,
  provider: string,
  id: string,
): Promise<{ passed: Passed[]; itemsAccepted: number }> {
  const { rows } = await client.query<{ components: string[]; itemsAccepted: number }>(
    `select coalesce(
       (
         select array_agg(r.id order by r.number)
         from core.link l
         join core.record r on r.provider_id = l.provider_id and r.id = l.to_id and r.state <> 'withdrawn'
         where l.provider_id = $1 and l.from_id = $2 and l.type = 'realisedBy' and l.withdrawn_at is null),
       '{}') as components,
       (
         select count(*)::int
         from core.item i
         where i.provider_id = $1 and i.record_id = $2 and i.state = 'accepted') as "itemsAccepted"`,
    [provider, id],
  );
  const { components = [], itemsAccepted = 0 } = rows[0] ?? {};
  const passed = [{ role: 'design', id }, ...components.map((each) => ({ role: 'component', id: each }))];
  return { passed, itemsAccepted };
}

/** Baselined designs of the same service, but this one. */
export async function baselinedBefore(client: Queryable, provider: string, id: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select o.id
     from design.design_package o
     join design.design_package n on n.provider_id = o.provider_id and n.service = o.service and n.id = $2
     where o.provider_id = $1 and o.id <> $2 and o.state = 'baselined'
     order by o.id`,
    [provider, id],
  );
  return rows.map((row) => row.id);
}
