import type { Fact } from '../../core/record/facts.ts';
import type { Work } from '../../core/record/work.ts';

export interface ComponentFact {
  id: string;
  ref: string;
  state: string;
  hash: string;
}

const components = `select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'ref', r.ref, 'state', r.state, 'hash', r.content_hash) order by r.id), '[]')
  from core.link l join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
  where l.provider_id = $1 and l.from_id = $2 and l.type = 'contains' and l.withdrawn_at is null`;

const attested = (gate: string, roles: readonly string[] | null) =>
  `select to_jsonb(exists (select from core.evidence e where e.provider_id = $1 and e.subject_id = $2 and e.gate = '${gate}' and not e.failed${
    roles ? ` and e.role in (${roles.map((role) => `'${role}'`).join(', ')})` : ''
  }))`;

/** What the release's rules need to know, over $1 = provider and $2 = record. */
export const releaseFacts: Readonly<Record<string, Fact>> = {
  components,
  changes: `select coalesce(jsonb_agg(jsonb_build_object('ref', r.ref, 'state', r.state) order by r.number), '[]')
    from core.link l join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
    where l.provider_id = $1 and l.from_id = $2 and l.type = 'authorisedBy' and l.withdrawn_at is null and r.type = 'change'`,
  businessTested: attested('P6', ['UATB', 'CUS', 'BOW']),
  deploymentChecked: attested('P10', null),
  support: `select coalesce(jsonb_agg(jsonb_build_object('ref', r.ref, 'state', r.state) order by r.number), '[]')
    from core.link l join core.record r on r.provider_id = l.provider_id and r.id = l.to_id
    where l.provider_id = $1 and l.from_id = $2 and l.type = 'supportedIn' and l.withdrawn_at is null and r.type = 'early-life-support'`,
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
    `select d.id from core.decision d where d.provider_id = $1 and d.subject_id = $2 and d.gate = 'G4' and d.outcome in ('approve', 'approve_with_conditions')
       and not exists (select from core.decision_end x where x.provider_id = d.provider_id and x.decision_id = d.id)`,
    [providerId, id],
  );
  return rows.map((row) => row.id);
}
