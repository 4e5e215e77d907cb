import { systemPrincipal } from '../../core/permission/principal.ts';
import type { RecordData } from '../../core/record/define/data.ts';
import type { FactsFor, FactSource } from '../../core/record/define/fact.ts';
import type { Work } from '../../core/record/define/work.ts';
import { newestHandOver } from '../../handover/hand-over/store.ts';
import type { Passed } from '../../handover/hand-over/store.ts';
import { serviceDesignPackageHandOver } from '../../handover/service-design-package/record.ts';
import { serviceReleaseHandOver } from '../../handover/service-release/record.ts';
import { waiversGranted } from '../criterion-waiver/index.ts';
import type { releaseRecord } from './record.ts';
import type { ComponentFact, ReleaseFacts } from './rules.ts';

const components = `select coalesce(
    jsonb_agg(
      jsonb_build_object('id', r.id, 'ref', r.ref, 'state', r.state, 'hash', r.content_hash)
      order by r.id),
    '[]')
  from core.link l
  join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
  where l.provider_id = $1 and l.from_id = $2 and l.type = 'contains' and l.withdrawn_at is null`;

/**
 * What would be broken of the services that the release brings, named by it or along its lineage as its moves go: of all of it,
 * whoever asks.
 */
async function brokenThreads(
  { client, registry, now }: FactSource,
  { providerId, id }: Pick<RecordData, 'providerId' | 'id'>,
): Promise<ReleaseFacts['broken']> {
  const { rows } = await client.query<{ id: string }>(
    `with versions as (
       select l.to_id as id
       from core.link l
       where l.provider_id = $1 and l.from_id = $2 and l.type = 'delivers' and l.withdrawn_at is null
       union
       select v.id
       from core.record r
       join core.record v on v.provider_id = r.provider_id
         and v.lineage_id = r.lineage_id
         and v.type = 'service-version'
       where r.provider_id = $1 and r.id = $2)
     select distinct s.to_id as id
     from versions v
     join core.link s on s.provider_id = $1 and s.from_id = v.id and s.type = 'versionOf' and s.withdrawn_at is null`,
    [providerId, id],
  );
  const principal = systemPrincipal(providerId, 'thread', null);
  const services = rows.map((row) => row.id);
  return (await registry.breaks?.({ client, principal, now }, services, 'coming into use')) ?? [];
}

/** What the release's rules need to know, over $1 = provider and $2 = record. */
export const releaseFacts: FactsFor<typeof releaseRecord, ReleaseFacts> = {
  components,
  changes: `select coalesce(jsonb_agg(jsonb_build_object('ref', r.ref, 'state', r.state) order by r.number), '[]')
    from core.link l
    join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
    where l.provider_id = $1
      and l.from_id = $2
      and l.type = 'authorisedBy'
      and l.withdrawn_at is null
      and r.type = 'change'`,
  designs: `select coalesce(
      jsonb_agg(
        jsonb_build_object('ref', d.ref, 'handOver', ${newestHandOver(serviceDesignPackageHandOver, 'd.id')})
        order by d.number),
      '[]')
    from core.link l
    join core.record d on d.provider_id = l.provider_id and d.id = l.from_id
    where l.provider_id = $1 and l.to_id = $2 and l.type = 'builds' and l.withdrawn_at is null`,
  broken: brokenThreads,
  handOver: newestHandOver(serviceReleaseHandOver),
  waivers: waiversGranted,
  support: `select coalesce(jsonb_agg(jsonb_build_object('ref', r.ref, 'state', r.state) order by r.number), '[]')
    from core.link l
    join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
    where l.provider_id = $1
      and l.from_id = $2
      and l.type = 'supportedIn'
      and l.withdrawn_at is null
      and r.type = 'early-life-support'`,
};

/** The components of a release as they stand. */
export async function componentsOf(work: Work, providerId: string, id: string): Promise<ComponentFact[]> {
  const { rows } = await work.client.query<{ components: ComponentFact[] }>(`select (${components}) as components`, [
    providerId,
    id,
  ]);
  return rows[0]?.components ?? [];
}

/** Acceptances of a release that nothing has ended yet. */
export async function acceptancesOf(work: Work, providerId: string, id: string): Promise<string[]> {
  const { rows } = await work.client.query<{ id: string }>(
    `select d.id
     from core.decision d
     where d.provider_id = $1
       and d.subject_id = $2
       and d.gate = 'G4'
       and d.outcome in ('approve', 'approve_with_conditions')
       and not exists (
         select
         from core.decision_end x
         where x.provider_id = d.provider_id and x.decision_id = d.id)`,
    [providerId, id],
  );
  return rows.map((row) => row.id);
}

/** What Operation needs of a release: itself, what is in it, what it delivers, the changes behind it, the agreements in force for those it is for. */
export async function passedOn(work: Work, providerId: string, id: string): Promise<Passed[]> {
  const { rows } = await work.client.query<Passed>(
    `with near as (
       select case l.type
         when 'contains' then 'component'
         when 'delivers' then 'service-version'
         else 'change' end as role,
         r.id,
         r.number
       from core.link l
       join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
       where l.provider_id = $1
         and l.from_id = $2
         and l.withdrawn_at is null
         and (l.type in ('contains', 'delivers') or l.type = 'authorisedBy' and r.type = 'change')),
       agreed as (
         select distinct a.agreement_id as id
         from near v
         join core.link s on s.provider_id = $1
           and s.from_id = v.id
           and s.type = 'versionOf'
           and s.withdrawn_at is null
         join core.record h on h.provider_id = $1 and h.id = $2
         join handover.agreement_in_force a on a.provider_id = $1
           and a.service_id = s.to_id
           and a.customer_id = any(h.customers)
           and a.from_at <= $3
           and coalesce(a.to_at, 'infinity') > $3
         where v.role = 'service-version')
     select x.role, x.id
     from (
       select 'release' as role, $2::uuid as id, 0 as number
       union all
       select *
       from near
       union all
       select 'agreement', r.id, r.number
       from agreed
       join core.record r on r.provider_id = $1 and r.id = agreed.id) x
     order by array_position(array['release', 'component', 'service-version', 'change', 'agreement'], x.role),
       x.number`,
    [providerId, id, work.now],
  );
  return rows;
}

/** The early life support of a release. */
export async function supportOf(work: Work, providerId: string, id: string): Promise<string[]> {
  const { rows } = await work.client.query<{ id: string }>(
    `select l.to_id as id
     from core.link l
     where l.provider_id = $1 and l.from_id = $2 and l.type = 'supportedIn' and l.withdrawn_at is null
     order by 1`,
    [providerId, id],
  );
  return rows.map((row) => row.id);
}
