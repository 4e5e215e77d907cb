// With whom a record is shared beyond those it was made for: what is asked, who consented, and since when.
import { randomUUIDv7 } from 'node:crypto';
import type { Queryable } from '../database/queryable.ts';
import type { Beside, BesideElement } from '../record/define/beside.ts';
import type { RecordData } from '../record/define/data.ts';
import type { Work } from '../record/define/work.ts';

export type ShareKind = 'join' | 'leave';

/** As its table and the record's entries hold it. */
export interface Share {
  id: string;
  customer: string;
  kind: ShareKind;
  state: 'asked' | 'done' | 'declined' | 'withdrawn';
  reason: string;
  askedBy: string;
  askedAt: string;
  since: string | null;
}

export interface Consent {
  id: string;
  share: string;
  customer: string;
  consents: boolean;
  by: string;
}

type Of = Pick<RecordData, 'providerId' | 'id'>;

const shareColumns = `s.id, s.customer_id as customer, s.kind, s.state, s.reason, s.asked_by as "askedBy", s.asked_at as "askedAt", s.since`;

export async function insertShare(work: Work, record: Of, share: Share): Promise<void> {
  await work.client.query(
    `insert into core.share (
       provider_id, id, record_id, customer_id, kind, state, reason, asked_by, asked_at, since)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      record.providerId,
      share.id,
      record.id,
      share.customer,
      share.kind,
      share.state,
      share.reason,
      share.askedBy,
      share.askedAt,
      share.since,
    ],
  );
}

export async function endShare(work: Work, { id, state, since }: Pick<Share, 'id' | 'state' | 'since'>): Promise<void> {
  await work.client.query('update core.share set state = $3, since = $4 where provider_id = $1 and id = $2', [
    work.caller.principal.providerId,
    id,
    state,
    since,
  ]);
}

/** A share that was asked for, and the record it is about. */
export async function shareOf(
  client: Queryable,
  providerId: string,
  id: string,
): Promise<(Share & { record: string }) | undefined> {
  const { rows } = await client.query(
    `select ${shareColumns}, s.record_id as record
     from core.share s
     where s.provider_id = $1 and s.id = $2`,
    [providerId, id],
  );
  return rows[0] as (Share & { record: string }) | undefined; // the select list
}

/** What is asked of a record about one customer and waits, if anything. */
export async function openShareOf(client: Queryable, record: Of, customer: string): Promise<Share | undefined> {
  const { rows } = await client.query(
    `select ${shareColumns}
     from core.share s
     where s.provider_id = $1 and s.record_id = $2 and s.customer_id = $3 and s.state = 'asked'`,
    [record.providerId, record.id, customer],
  );
  return rows[0] as Share | undefined; // the select list
}

/** All that is asked of a record and waits: one for each customer at most. */
export async function openSharesOf(client: Queryable, record: Of): Promise<Share[]> {
  const { rows } = await client.query(
    `select ${shareColumns}
     from core.share s
     where s.provider_id = $1 and s.record_id = $2 and s.state = 'asked'
     order by s.asked_at, s.id`,
    [record.providerId, record.id],
  );
  return rows as Share[]; // the select list
}

/** Of a record, newest first: each with the name of its customer, which who is asked must be told. */
export async function sharesOf(client: Queryable, record: Of): Promise<(Share & { customerName: string })[]> {
  const { rows } = await client.query(
    `select ${shareColumns}, c.title as "customerName"
     from core.share s
     join core.record c on c.provider_id = s.provider_id and c.id = s.customer_id
     where s.provider_id = $1 and s.record_id = $2
     order by s.asked_at desc, s.id desc
     limit 50`,
    [record.providerId, record.id],
  );
  return rows as (Share & { customerName: string })[]; // the select list
}

/** Whether the relation with a customer organisation has ended. */
export async function hasEnded(client: Queryable, { providerId }: Of, customer: string): Promise<boolean> {
  const { rows } = await client.query<{ ended: boolean }>(
    `select state = 'ended' as ended
     from core.customer
     where provider_id = $1 and id = $2`,
    [providerId, customer],
  );
  return rows[0]?.ended ?? false;
}

/** Whether some customer besides one left a record. */
export async function othersLeft(client: Queryable, record: Of, customer: string): Promise<boolean> {
  const { rows } = await client.query<{ left: boolean }>(
    `select exists (
        select
        from core.share s
        where s.provider_id = $1
          and s.record_id = $2
          and s.kind = 'leave'
          and s.state = 'done'
          and s.customer_id <> $3) as left`,
    [record.providerId, record.id, customer],
  );
  return rows[0]?.left ?? false;
}

export type WaitingShare = Pick<Share, 'id' | 'kind' | 'reason' | 'askedBy' | 'askedAt'> & {
  customerName: string;
  record: { id: string; ref: string; title: string; type: string };
};

/** What waits for the consent of one of some customers, the longest first. */
export async function waitingShares(
  client: Queryable,
  providerId: string,
  own: readonly string[],
  limit: number,
): Promise<WaitingShare[]> {
  const { rows } = await client.query(
    `select s.id,
       s.kind,
       s.reason,
       s.asked_by as "askedBy",
       s.asked_at as "askedAt",
       c.title as "customerName",
       jsonb_build_object('id', r.id, 'ref', r.ref, 'title', r.title, 'type', r.type) as record
     from core.share s
     join core.record r on r.provider_id = s.provider_id and r.id = s.record_id
     join core.record c on c.provider_id = s.provider_id and c.id = s.customer_id
     where s.provider_id = $1
       and s.state = 'asked'
       and exists (
         select
         from unnest($2::uuid[]) as needed (id)
         where (s.kind = 'leave' and needed.id = s.customer_id or s.kind = 'join' and needed.id = any(r.customers))
           and not exists (
             select
             from core.share_consent g
             where g.provider_id = s.provider_id and g.share_id = s.id and g.customer_id = needed.id))
     order by s.asked_at, s.id
     limit $3`,
    [providerId, own, limit],
  );
  return rows as WaitingShare[]; // the select list
}

export async function insertConsent(
  work: Work,
  record: Of,
  given: Pick<Consent, 'share' | 'customer' | 'consents'>,
): Promise<Consent> {
  const consent = { id: randomUUIDv7(), ...given, by: work.caller.principal.id };
  await work.client.query(
    `insert into core.share_consent (
       provider_id, id, share_id, record_id, customer_id, consents, given_by, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [record.providerId, consent.id, consent.share, record.id, consent.customer, consent.consents, consent.by, work.now],
  );
  return consent;
}

const consentColumns = 'c.id, c.share_id as share, c.customer_id as customer, c.consents, c.given_by as by';

export async function consentsOn(client: Queryable, record: Of): Promise<Consent[]> {
  const { rows } = await client.query(
    `select ${consentColumns}
     from core.share_consent c
     where c.provider_id = $1 and c.record_id = $2
     order by c.at, c.id`,
    [record.providerId, record.id],
  );
  return rows as Consent[]; // the select list is Consent
}

/** Whether somebody of a customer decided, attested, wrote or made something on a record, or owns it. */
export async function hasActedOn(client: Queryable, record: Of, customer: string): Promise<boolean> {
  const { rows } = await client.query<{ acted: boolean }>(
    `select exists (
        select
        from core.journal j
        join core.person p on p.provider_id = j.provider_id and p.id in (j.actor_id, j.on_behalf_of)
        where j.provider_id = $1
          and j.record_id = $2
          and j.kind <> 'shared'
          and p.customer = $3)
      or exists (
        select
        from core.decision d
        where d.provider_id = $1 and d.subject_id = $2 and d.customer_id = $3)
      or exists (
        select
        from core.evidence e
        where e.provider_id = $1 and e.subject_id = $2 and e.customer_id = $3)
      or exists (
        select
        from core.record r
        join core.person p on p.provider_id = r.provider_id and p.id = r.owner_id
        where r.provider_id = $1 and r.id = $2 and p.customer = $3) as acted`,
    [record.providerId, record.id, customer],
  );
  return rows[0]?.acted ?? false;
}

/** As entries tell a share. */
export const toldShare = ({ id, customer, kind, state, reason, askedBy, askedAt, since }: Share) =>
  ({ id, customer, kind, state, reason, askedBy, askedAt, since }) satisfies BesideElement;

export const toldConsent = ({ id, share, customer, consents, by }: Consent) =>
  ({ id, share, customer, consents, by }) satisfies BesideElement;

/** Entries tell the row of the table as it stands. */
const besideOf = ({ told, what }: Pick<Beside, 'told' | 'what'>, text: string): Beside => ({
  told,
  what,
  standing: async (client, providerId, records) => {
    const { rows } = await client.query(text, [providerId, records]);
    const standing = (rows as (BesideElement & { of: string })[]).map(({ of, ...element }) => ({ of, element })); // the select list
    return new Map(
      [...Map.groupBy(standing, ({ of }) => of)].map(([of, group]) => [of, group.map(({ element }) => element)]),
    );
  },
});

/** What every record's entries tell of who shares in it; `verify` compares it. */
export const sharesBeside: readonly Beside[] = [
  besideOf(
    { told: '_shares', what: 'share' },
    `select s.record_id as of, ${shareColumns}
     from core.share s
     where s.provider_id = $1 and s.record_id = any($2::uuid[])
     order by s.id`,
  ),
  besideOf(
    { told: '_consents', what: 'consent' },
    `select c.record_id as of, ${consentColumns}
     from core.share_consent c
     where c.provider_id = $1 and c.record_id = any($2::uuid[])
     order by c.id`,
  ),
];
