// Erasing a person (model R1): what it was goes, what it did stays.
import { eraseValues } from '../record/edit/erase.ts';
import { lockAll, lockUnscoped } from '../record/read/load.ts';
import { make } from '../record/edit/move.ts';
import type { RecordData } from '../record/define/data.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Work } from '../record/define/work.ts';
import { refuse, stop } from '../refusal/refusal.ts';
import { byRightsOfNow } from '../record/act/rights-of-now.ts';
import { keptTogether, leftWithout } from './administrators.ts';
import { keepsPerson, otherSide } from './keeps-person.ts';
import { decidingAlike, undecidedWithout } from './only-decider.ts';
import { lastAdministrator, onlyDecider } from './person-rules.ts';

/** Ends a person's rights, erases its personal values wherever a record keeps them, and marks it as left. Refuses by `stop`. */
export async function erasePerson(work: Work, id: string, reason: string): Promise<RecordData> {
  const { registry } = work.application;
  const record = serverRecord(registry, 'person');
  const kept = await keptElsewhere(work, id);
  const rights = await rightsOf(work, id);
  const { providerId } = work.caller.principal;
  const alike = [...(await keptTogether(work.client, { providerId, id })), ...(await decidingAlike(work, id))];
  await lockAll(work, [id, ...alike, ...kept.map((each) => each.id), ...rights.map((each) => each.id)]);
  const person = await lockUnscoped(work, record, id);
  await requireKeeper(work, id);
  const without = await leftWithout(work.client, { providerId, now: work.now, id });
  const waiting = await undecidedWithout(work.client, registry, { providerId, now: work.now, id });
  const refusals = [
    ...(without.length ? [lastAdministrator(person.title)] : []),
    ...onlyDecider(waiting, person.title),
  ];
  if (refusals.length) stop(refuse('refused', ...refusals));
  for (const right of rights) {
    const of = serverRecord(registry, right.type);
    await make(work, of, await lockUnscoped(work, of, right.id), { moveName: 'revoke', input: { reason } });
  }
  for (const { type, id: other, commitments } of kept) {
    const of = serverRecord(registry, type);
    await eraseValues(work, of, await lockUnscoped(work, of, other), { commitments, reason });
  }
  const left =
    person.state === 'left' ? person : await make(work, record, person, { moveName: 'leave', input: { reason } });
  await eraseValues(work, record, left, { reason });
  return left;
}

/** Refuses by `stop` where who erases may not keep the person any more, behind whatever it waited for. */
async function requireKeeper(work: Work, id: string): Promise<void> {
  const { client, caller } = await byRightsOfNow(work);
  if (caller.principal.kind === 'system' || (await keepsPerson(client, caller.principal, { id, act: 'keep' }))) return;
  stop(refuse('forbidden', otherSide('erased')));
}

/** What records of other types keep of the person, as those types tell. */
async function keptElsewhere(
  work: Work,
  person: string,
): Promise<{ type: string; id: string; commitments: string[] }[]> {
  const found = new Map<string, { type: string; id: string; commitments: string[] }>();
  for (const [type, { personalOf = [] }] of work.application.registry.records)
    for (const kept of personalOf)
      for (const { id, commitments } of await kept(work.client, work.caller.principal.providerId, person))
        found.set(id, { type, id, commitments: [...(found.get(id)?.commitments ?? []), ...commitments] });
  return [...found.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

async function rightsOf(work: Work, person: string): Promise<{ id: string; type: string }[]> {
  const { rows } = await work.client.query<{ id: string; type: string }>(
    `select id, 'role-grant' as type
     from core.role_grant
     where provider_id = $1 and person = $2 and state = 'active'
     union all
     select id, 'delegation'
     from core.delegation
     where provider_id = $1 and (delegator = $2 or delegate = $2) and state = 'active'
     order by id`,
    [work.caller.principal.providerId, person],
  );
  return rows;
}
