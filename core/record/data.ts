import type { StageName } from './define.ts';
import type { FieldValues } from './row.ts';

export type Profile = 'light' | 'standard' | 'regulated';

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
export interface RecordData extends Header {
  providerId: string;
  lineage: string;
  profile: Profile | null;
  contentHash: string;
  headHash: string;
  commitments: Record<string, string>;
  fields: FieldValues;
}

export const headerColumns = `r.id, r.type, r.ref, r.number, r.title, r.state, r.stage, r.version, r.customers, r.owner_id as owner,
  r.created_at as "createdAt", r.updated_at as "updatedAt"`;

export const recordColumns = `${headerColumns}, r.provider_id as "providerId", r.lineage_id as lineage, r.profile,
  r.content_hash as "contentHash", r.head_hash as "headHash", r.commitments`;

/** Only what a header shows, from a row that may hold more. */
export function toHeader(row: Header): Header {
  const { id, type, ref, number, title, state, stage, version, customers, owner, createdAt, updatedAt } = row;
  return { id, type, ref, number, title, state, stage, version, customers, owner, createdAt, updatedAt };
}
