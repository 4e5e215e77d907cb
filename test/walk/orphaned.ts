// A live service without a whole way up and down stands in the orphan report, and is red in its thread.
import type { Body, Client } from '../support/client.ts';
import type { Checked, Watched } from './watched.ts';

export async function unmarkedOrphans({ pool, reader }: Watched, checked: Checked): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; ref: string; whole: boolean }>(
    `select s.id,
       r.ref,
       exists (
         select
         from strategy.service_package p
         join core.decision g2 on g2.subject_id = p.id and g2.gate = 'G2' and g2.side = 'B' and g2.outcome like 'approve%'
         join core.link up on up.to_id = p.id and up.type = 'packagedIn' and up.withdrawn_at is null
         join strategy.business_requirement b on b.id = up.from_id and b.state <> 'withdrawn'
         join core.decision g1 on g1.subject_id = b.id and g1.gate = 'G1' and g1.side = 'B' and g1.outcome like 'approve%'
         join core.link down on down.from_id = p.id and down.type = 'promises' and down.withdrawn_at is null
         join strategy.outcome o on o.id = down.to_id and o.state <> 'withdrawn' and o.requirement = b.id
         where p.service = s.id and o.baseline is not null and o.source is not null) as whole
     from strategy.service s
     join core.record r on r.id = s.id
     where exists (
       select
       from strategy.service_version v
       where v.service = s.id and v.state in ('live_els', 'live', 'live_restricted', 'retiring'))`,
  );
  checked.services += rows.length;
  const faults: string[] = [];
  for (const { id, ref } of rows.filter(({ whole }) => !whole)) {
    const report = (await everyPage(reader, '/orphans')).some(({ of, at }) => [of?.id, at?.id].includes(id));
    const thread = (await reader.get(`/records/${id}/thread`)).body;
    if (!report)
      faults.push(`${ref} is live, and no whole way leads to what the business agreed: not in the orphan report`);
    if (thread.complete) faults.push(`${ref} is live and broken, and its thread says that it is complete`);
  }
  return faults;
}

async function everyPage(reader: Client, path: string): Promise<Body[]> {
  const items: Body[] = [];
  for (let next: string | null = path; next !== null; ) {
    const { body }: { body: Body } = await reader.get(next);
    items.push(...body.items);
    next = body.nextCursor ? `${path}?cursor=${encodeURIComponent(body.nextCursor)}` : null;
  }
  return items;
}
