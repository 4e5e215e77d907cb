import { entryHash } from './hash.ts';
import type { Json } from './hash.ts';
import type { Caller } from '../../permission/principal.ts';

export type EntryKind =
  | 'created'
  | 'edited'
  | 'moved'
  | 'decided'
  | 'linked'
  | 'attested'
  | 'noted'
  | 'recounted'
  | 'observed'
  | 'erased'
  | 'corrected'
  | 'shared';

/** Who acts, when, and what joins the entries that one act causes. */
export interface Teller {
  caller: Caller;
  /** ISO instant. */
  now: string;
  cause: string;
}

export interface NewEntry {
  recordId: string;
  recordType: string;
  version: number;
  kind: EntryKind;
  move?: string | null;
  from?: string | null;
  to?: string | null;
  edits: Record<string, Json>;
  reasonCode?: string | null;
  reason?: string | null;
  decisionId?: string | null;
  onBehalfOf?: string | null;
  /** When it happened, where that is not now. */
  occurredAt?: string;
  source?: string | null;
  contentHash: string;
  previousHash: string | null;
}

export const entryColumns = `provider_id, recorded_at, occurred_at, record_id, record_type, version, kind, actor_id, actor_kind, on_behalf_of, channel, move,
  from_state, to_state, edits, reason_code, reason, cause, decision_id, source, content_hash, previous_hash, hash`;

/** The entry's hash and the values of `entryColumns`. */
export function sealEntry(work: Teller, entry: NewEntry): { hash: string; values: unknown[] } {
  const { principal, channel } = work.caller;
  const body = {
    format: 1,
    providerId: principal.providerId,
    recordId: entry.recordId,
    recordType: entry.recordType,
    version: entry.version,
    kind: entry.kind,
    occurredAt: entry.occurredAt ?? work.now,
    recordedAt: work.now,
    actorId: principal.id,
    actorKind: principal.kind,
    onBehalfOf: entry.onBehalfOf ?? null,
    channel,
    move: entry.move ?? null,
    from: entry.from ?? null,
    to: entry.to ?? null,
    edits: entry.edits,
    reasonCode: entry.reasonCode ?? null,
    reason: entry.reason ?? null,
    cause: work.cause,
    decisionId: entry.decisionId ?? null,
    source: entry.source ?? null,
    contentHash: entry.contentHash,
    previousHash: entry.previousHash,
  } as const;
  const hash = entryHash(body);
  return {
    hash,
    values: [
      body.providerId,
      body.recordedAt,
      body.occurredAt,
      body.recordId,
      body.recordType,
      body.version,
      body.kind,
      body.actorId,
      body.actorKind,
      body.onBehalfOf,
      body.channel,
      body.move,
      body.from,
      body.to,
      JSON.stringify(body.edits),
      body.reasonCode,
      body.reason,
      body.cause,
      body.decisionId,
      body.source,
      body.contentHash,
      body.previousHash,
      hash,
    ],
  };
}

/** Numbered placeholders `$first, $first+1, ...`. */
export function placeholders(count: number, first: number): string {
  return Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ');
}

export interface Gathered extends NewEntry {
  /** The record's version goes up by this act. */
  raises: boolean;
  /** Who first touched it in the act, and when: an act may pass from the holder of a one-time link to the provider that made it. */
  by: Teller;
  /** Written already: nothing may be added. */
  written?: true;
}

/** By record, in the order in which the act first touched them. */
export type Entries = Map<string, Gathered>;

export interface JournalEntry {
  seq: number;
  providerId: string;
  recordId: string;
  recordType: string;
  version: number;
  kind: string;
  move: string | null;
  from: string | null;
  to: string | null;
  occurredAt: string;
  recordedAt: string;
  actorId: string | null;
  edits: Record<string, unknown>;
}
