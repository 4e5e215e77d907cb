import type { Profile } from '../../lifecycle/profile.ts';
import type { FieldsOf, RecordDefinition, StageName, StateName } from './define.ts';
import type { FieldValues } from './row.ts';

/** The searchable, linkable face of any record. */
export interface Header {
  id: string;
  type: string;
  ref: string;
  number: number;
  title: string;
  state: string;
  stage: StageName;
  version: number;
  customers: string[];
  owner: string | null;
  createdAt: string;
  updatedAt: string;
}

/** A record as the server holds it while it works on it. */
export interface RecordData<F extends object = FieldValues, S extends string = string> extends Header {
  state: S;
  providerId: string;
  lineage: string;
  profile: Profile | null;
  contentHash: string;
  headHash: string;
  commitments: Record<string, string>;
  /** What happens to it by itself unless somebody moves it before. */
  next: NextMove | null;
  fields: F;
}

/** A record of a type. */
export type RecordOf<D extends RecordDefinition> = RecordData<FieldsOf<D>, StateName<D>>;

export interface NextMove {
  move: string;
  /** ISO instant. */
  at: string;
}

export const headerColumns = `r.id, r.type, r.ref, r.number, r.title, r.state, r.stage, r.version, r.customers, r.owner_id as owner,
  r.created_at as "createdAt", r.updated_at as "updatedAt"`;

export const recordColumns = `${headerColumns}, r.provider_id as "providerId", r.lineage_id as lineage, r.profile,
  r.content_hash as "contentHash", r.head_hash as "headHash", r.commitments, r.next_move as "nextMove", r.next_move_at as "nextMoveAt"`;

/** What happens by itself, from the columns above. */
export function toNext(row: Readonly<Record<string, unknown>>): NextMove | null {
  const { nextMove, nextMoveAt } = row;
  return typeof nextMove === 'string' && typeof nextMoveAt === 'string' ? { move: nextMove, at: nextMoveAt } : null;
}

/** Only what a header shows, from a row that may hold more. */
export function toHeader(row: Header): Header {
  const { id, type, ref, number, title, state, stage, version, customers, owner, createdAt, updatedAt } = row;
  return { id, type, ref, number, title, state, stage, version, customers, owner, createdAt, updatedAt };
}
