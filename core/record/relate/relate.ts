import { randomUUIDv7 } from 'node:crypto';
import type { Json } from '../../journal/format/hash.ts';
import { scopeOf } from '../../permission/scope.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { RecordData } from '../define/data.ts';
import { tell } from '../act/entries.ts';
import { missing } from '../read/load.ts';
import { lighterRefusals } from '../define/profile.ts';
import { notInUse } from '../define/in-use.ts';
import { mayRelate } from './may-relate.ts';
import type { Registry, Work } from '../define/work.ts';
import type { LinkInput, Linked, LinkType } from '../define/link.ts';

/** Links that a thread treats in a way of its own. */
export function linksInThread({ links }: Registry, how: NonNullable<LinkType['inThread']>): string[] {
  return [...links.values()].filter((each) => each.inThread === how).map((each) => each.type);
}

/** Links that many records have to one. */
export const linksOfMany = ({ links }: Registry): string[] =>
  [...links.values()].filter((each) => each.many).map((each) => each.type);

/** The record that a link starts from: its entry tells of the link. */
type Start = Pick<RecordData, 'id' | 'type' | 'version' | 'contentHash' | 'headHash'>;
type End = Start & Pick<RecordData, 'ref' | 'state' | 'customers' | 'profile'>;

const endColumns = `r.id, r.type, r.ref, r.state, r.profile, r.version, r.customers, r.content_hash as "contentHash", r.head_hash as "headHash"`;

/** What a link is called from the one end. */
export function linkLabel({ links }: Registry, { type, direction }: { type: string; direction: 'out' | 'in' }): string {
  const declared = links.get(type);
  return (direction === 'out' ? declared?.label : declared?.inverse) ?? type;
}

/** Joins two records by a typed, dated link that remembers the content both ends had. Linking twice is one link. Refuses by `stop`. */
export async function link(work: Work, { type, from, to }: LinkInput): Promise<string> {
  const [made] = await linkAll(work, { type, from: [from], to });
  return made ?? standingLink(work, { type, from, to });
}

/** As `link`, from several records at once. Gives the ids of the links that were not there before. */
export async function linkAll(work: Work, { type, from, to }: Linked): Promise<string[]> {
  const { links, records } = work.application.registry;
  const declared = links.get(type);
  if (!declared)
    stop(
      refuse(
        'invalid',
        refusal('link.unknown', `There is no link called ${type}.`, `Links: ${[...links.keys()].join(', ')}.`, 'type'),
      ),
    );
  const { starts, end } = await ends(work, from, to);
  for (const start of starts) refuseEnds(declared, start, end);
  const made = await insertLinks(work, type, starts, end);
  for (const { id, start } of made)
    tellLink(work, start, {
      _links: [{ id, type, to: end.id, fromHash: start.contentHash, toHash: end.contentHash }],
    });
  const joined = { type, from: made.map(({ start }) => start.id), to };
  for (const each of made.length ? new Set([...made.map(({ start }) => start.type), end.type]) : [])
    await records.get(each)?.commands?.linked?.(work, joined);
  return made.map(({ id }) => id);
}

function refuseEnds(declared: LinkType, start: End, end: End): void {
  const allowed = (list: readonly string[], each: string) => list.includes('*') || list.includes(each);
  if (allowed(declared.from, start.type) && allowed(declared.to, end.type)) return refuseLighter(declared, start, end);
  stop(
    refuse(
      'invalid',
      refusal(
        'link.ends',
        `"${declared.label}" joins ${declared.from.join(' or ')} to ${declared.to.join(' or ')}, not ${start.type} to ${end.type}.`,
        'Choose another link or other records.',
      ),
    ),
  );
}

function refuseLighter({ answersFor }: LinkType, start: End, end: End): void {
  if (!answersFor) return;
  const lighter =
    answersFor === 'to' ? lighterRefusals(end.profile, start.profile) : lighterRefusals(start.profile, end.profile);
  if (lighter.length) stop(refuse('refused', ...lighter));
}

/** Those that did not stand already, each with the record that it starts from. */
async function insertLinks(
  work: Work,
  type: string,
  starts: readonly End[],
  end: End,
): Promise<{ id: string; start: End }[]> {
  const { providerId, id: person } = work.caller.principal;
  const wanted = starts.map((start) => ({ id: randomUUIDv7(), start }));
  const { rows } = await work.client.query<{ id: string }>(
    `insert into core.link (provider_id, id, type, from_id, to_id, from_hash, to_hash, asserted_by, asserted_at)
     select $1, x.id, $2, x.from_id, $3, x.from_hash, $4, $5, $6
     from unnest($7::uuid[], $8::uuid[], $9::text[]) as x(id, from_id, from_hash)
     on conflict (provider_id, from_id, type, to_id) where withdrawn_at is null do nothing
     returning id`,
    [
      providerId,
      type,
      end.id,
      end.contentHash,
      person,
      work.now,
      wanted.map(({ id }) => id),
      starts.map(({ id }) => id),
      starts.map(({ contentHash }) => contentHash),
    ],
  );
  const made = new Set(rows.map(({ id }) => id));
  return wanted.filter(({ id }) => made.has(id));
}

async function standingLink(work: Work, { type, from, to }: LinkInput): Promise<string> {
  const { rows } = await work.client.query<{ id: string }>(
    `select id
     from core.link
     where provider_id = $1 and from_id = $2 and type = $3 and to_id = $4 and withdrawn_at is null`,
    [work.caller.principal.providerId, from, type, to],
  );
  if (!rows[0]) throw new Error(`the link ${type} from ${from} to ${to} stood a moment ago`);
  return rows[0].id;
}

/** As `link`, when a person asks for it: free for a plain relation, else only for who may edit one of the ends. */
export async function linkAsPerson(work: Work, input: LinkInput): Promise<string> {
  const { starts, end } = await ends(work, [input.from], input.to);
  if (input.from === input.to) stop(toItself);
  for (const start of starts) mayRelate(work, input.type, { start, end });
  const { registry } = work.application;
  const whileIn = registry.links.get(input.type)?.toWhileIn;
  const unused = whileIn ? notInUse(registry, whileIn, end, 'to') : [];
  if (unused.length) stop(refuse('refused', ...unused));
  return link(work, input);
}

const toItself = refuse(
  'invalid',
  refusal('link.itself', 'A record is not related to itself.', 'Choose another record.', 'to'),
);

async function seesBoth(work: Work, { from_id, to_id }: { from_id: string; to_id: string }): Promise<boolean> {
  const scope = scopeOf(work.caller.principal, 2);
  const { rows } = await work.client.query<{ id: string }>(
    `select r.id
     from core.record r
     where r.id = any($1::uuid[]) and ${scope.sql}`,
    [[from_id, to_id], ...scope.values],
  );
  return new Set(rows.map(({ id }) => id)).size === new Set([from_id, to_id]).size;
}

/** All ends, visible to the caller, locked in id order. */
async function ends(work: Work, from: readonly string[], to: string): Promise<{ starts: End[]; end: End }> {
  const scope = scopeOf(work.caller.principal, 2);
  const { rows } = await work.client.query<End>(
    `select ${endColumns}
     from core.record r
     where r.id = any($1::uuid[])
       and ${scope.sql}
     order by r.id
     for update of r`,
    [[...from, to], ...scope.values],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const starts = from.map((id) => found.get(id) ?? stop(missing('record', id)));
  return { starts, end: found.get(to) ?? stop(missing('record', to)) };
}

/** A link alters the record it starts from; that record's version stays. */
function tellLink(work: Work, start: Start, edits: Record<string, Json>, reason: string | null = null): void {
  tell(work, start, { kind: 'linked', edits, reason, contentHash: start.contentHash });
}

/**
 * Asserts anew the links of a record that moved: whoever made the move took it as it now reads. An edit without a move
 * leaves its links suspect.
 */
export async function reassertLinks(work: Work, record: Start): Promise<void> {
  const { rows } = await work.client.query<{
    id: string;
    type: string;
    from_id: string;
    to_id: string;
    from_hash: string;
    to_hash: string;
  }>({
    name: 'links to assert',
    text: `select id, type, from_id, to_id, from_hash, to_hash
      from core.link
      where provider_id = $1 and withdrawn_at is null and from_id = $2 and from_hash <> $3 and type <> all($4::text[])
      union all
      select id, type, from_id, to_id, from_hash, to_hash
      from core.link
      where provider_id = $1 and withdrawn_at is null and to_id = $2 and to_hash <> $3 and type <> all($4::text[])
      order by from_id, id`,
    values: [work.caller.principal.providerId, record.id, record.contentHash, linksOfMany(work.application.registry)],
  });
  for (const row of rows) {
    const own = row.from_id === record.id;
    // Who does not see the other end took nothing of it, and leaves no trace there.
    if (!own && !(await sees(work, row.from_id))) continue;
    const fromHash = own ? record.contentHash : row.from_hash;
    const toHash = own ? row.to_hash : record.contentHash;
    await work.client.query('update core.link set from_hash = $3, to_hash = $4 where provider_id = $1 and id = $2', [
      work.caller.principal.providerId,
      row.id,
      fromHash,
      toHash,
    ]);
    const start = own ? record : await lockStart(work, row.from_id);
    tellLink(work, start, { _links: [{ id: row.id, type: row.type, to: row.to_id, fromHash, toHash }] });
  }
}

async function sees({ client, caller: { principal } }: Work, id: string): Promise<boolean> {
  const scope = scopeOf(principal, 3);
  const { rowCount } = await client.query(
    `select
     from core.record r
     where r.provider_id = $1 and r.id = $2 and ${scope.sql}`,
    [principal.providerId, id, ...scope.values],
  );
  return rowCount === 1;
}

async function lockStart(work: Work, id: string): Promise<End> {
  const { rows } = await work.client.query<End>(
    `select ${endColumns} from core.record r where r.provider_id = $1 and r.id = $2 for update`,
    [work.caller.principal.providerId, id],
  );
  const start = rows[0];
  if (!start) throw new Error(`a link begins at ${id}, which is gone`);
  return start;
}

/** Ends a link; it stays readable in the past. Refuses by `stop`. */
export async function withdrawLink(work: Work, id: string, reason: string): Promise<void> {
  const { principal } = work.caller;
  const { rows } = await work.client.query<{ from_id: string; to_id: string; type: string }>(
    'select from_id, to_id, type from core.link where provider_id = $1 and id = $2 and withdrawn_at is null',
    [principal.providerId, id],
  );
  const found = rows[0];
  // A link of which one does not see both ends is as unknown as one that never was.
  if (!found || !(await seesBoth(work, found))) stop(missing('link', id));
  const { starts, end } = await ends(work, [found.from_id], found.to_id);
  const [start] = starts;
  if (!start) throw new Error(`the link ${id} starts nowhere`);
  mayRelate(work, found.type, { start, end });
  await endLink(work, id, start, reason);
}

/** Ends a link because of what a record does; nothing happens where it does not stand. */
export async function unlink(work: Work, { type, from, to }: LinkInput, reason: string): Promise<void> {
  const { rows } = await work.client.query<{ id: string }>(
    `select id
     from core.link
     where provider_id = $1 and from_id = $2 and type = $3 and to_id = $4 and withdrawn_at is null`,
    [work.caller.principal.providerId, from, type, to],
  );
  const [standing] = rows;
  if (standing) await endLink(work, standing.id, await lockStart(work, from), reason);
}

async function endLink(work: Work, id: string, start: Start, reason: string): Promise<void> {
  await work.client.query('update core.link set withdrawn_at = $3 where provider_id = $1 and id = $2', [
    work.caller.principal.providerId,
    id,
    work.now,
  ]);
  tellLink(work, start, { _unlinks: [{ id }] }, reason);
}
