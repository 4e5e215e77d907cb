// The formats below are final: a hash written once must be computable for as long as the journal is kept.
// A new field means a new `format` number and a new golden vector, never an edit of format 1.
import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The hashed part of a journal entry, format 1. `seq` is left out on purpose: the database gives it at the insert,
 * and the signed checkpoint binds it to the hash. Instants are `Date.prototype.toISOString` texts (UTC, milliseconds),
 * so that an entry read back from the database has the text it was hashed with.
 */
export type JournalEntryBody = {
  readonly format: 1;
  readonly providerId: string;
  readonly recordId: string;
  readonly recordType: string;
  /** Version of the record after this entry. */
  readonly version: number;
  readonly kind: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actorId: string | null;
  readonly actorKind: string;
  readonly onBehalfOf: string | null;
  readonly channel: string;
  readonly move: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Field name to new value; a personal field stands as `{ commitment }`. */
  readonly edits: { readonly [field: string]: Json };
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly cause: string | null;
  readonly decisionId: string | null;
  readonly source: Json;
  readonly contentHash: string;
  /** Entry hash of the record's previous entry; null for its first. */
  readonly previousHash: string | null;
};

/** A record's content as decisions bind to it; `personal` holds commitments by field name. */
export type RecordContent = {
  readonly type: string;
  readonly id: string;
  readonly fields: { readonly [field: string]: Json };
  readonly personal: { readonly [field: string]: string };
};

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * Canonical JSON after RFC 8785, e.g. `canonical({ b: 1, a: 'x' })` is `{"a":"x","b":1}`.
 * Throws on whatever JSON cannot carry (undefined, NaN, functions, dates, lone surrogates), since leaving such a
 * value out silently would give two different records one hash.
 */
export function canonical(value: Json): string {
  assertJson(value, '$');
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('the value has no canonical JSON');
  return text;
}

/** SHA-256 of the UTF-8 bytes of a text, as 64 lower-case hex digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** A fresh 128-bit salt as 32 hex digits. Losing it makes its commitments unreadable for good: that is erasure. */
export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

export const isSalt = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);

/**
 * A salted commitment to a personal value: proves the value while the salt is kept, says nothing about it afterwards.
 * The form is `c1:` and the SHA-256 of salt, a full stop and the canonical value.
 */
export function commitment(salt: string, value: Json): string {
  if (!isSalt(salt)) throw new TypeError('a salt is 32 lower-case hex digits');
  return `c1:${sha256(`${salt}.${canonical(value)}`)}`;
}

/** SHA-256 over the canonical JSON of exactly the fields that `JournalEntryBody` names; others do not count. */
export function entryHash(entry: JournalEntryBody): string {
  if (entry.format !== 1) throw new TypeError(`no journal entry format ${String(entry.format)}`);
  assertInstant(entry.occurredAt, 'occurredAt');
  assertInstant(entry.recordedAt, 'recordedAt');
  return sha256(
    canonical({
      format: 1,
      providerId: entry.providerId,
      recordId: entry.recordId,
      recordType: entry.recordType,
      version: entry.version,
      kind: entry.kind,
      occurredAt: entry.occurredAt,
      recordedAt: entry.recordedAt,
      actorId: entry.actorId,
      actorKind: entry.actorKind,
      onBehalfOf: entry.onBehalfOf,
      channel: entry.channel,
      move: entry.move,
      from: entry.from,
      to: entry.to,
      edits: entry.edits,
      reasonCode: entry.reasonCode,
      reason: entry.reason,
      cause: entry.cause,
      decisionId: entry.decisionId,
      source: entry.source,
      contentHash: entry.contentHash,
      previousHash: entry.previousHash,
    }),
  );
}

/** SHA-256 over the canonical JSON `{format: 1, type, id, fields, personal}` of a record's content. */
export function contentHash({ type, id, fields, personal }: RecordContent): string {
  return sha256(canonical({ format: 1, type, id, fields, personal }));
}

function assertInstant(text: string, field: string): void {
  if (!instantForm.test(text)) throw new TypeError(`${field} is not a UTC instant in milliseconds: ${text}`);
}

/** Throws, naming the path, unless the value survives JSON unaltered. Typed `unknown`: it exists for what types miss. */
function assertJson(value: unknown, path: string): void {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}, which JSON cannot carry`);
    return;
  }
  if (Array.isArray(value)) {
    // Array.from visits holes, which forEach would skip.
    for (const [index, item] of Array.from<unknown>(value).entries()) assertJson(item, `${path}[${index}]`);
    return;
  }
  if (!isPlainObject(value)) throw new TypeError(`${path} is not JSON (${typeof value})`);
  for (const [key, item] of Object.entries(value)) assertJson(item, `${path}.${key}`);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
