// A checklist: items as data, each accepted by a person of the side or stage that consumes it.
import type { Role } from '../../permission/role.ts';
import type { Profile } from '../../lifecycle/profile.ts';

export interface ChecklistItem {
  id: string;
  title: string;
  /** What is verified of it, in words. */
  check?: string;
  /** Codes of those who consume and so accept it. */
  consumers: readonly string[];
  /** Profiles in which it must be filled; conditional items have none. */
  mandatoryIn: readonly Profile[];
  /** The condition under which a conditional item applies. */
  when?: string;
}

export interface ChecklistDefinition {
  name: string;
  items: readonly ChecklistItem[];
  /** Roles that draft items. */
  drafters: readonly Role[];
  /** By consumer code: roles that accept. */
  acceptors: Readonly<Record<string, readonly Role[]>>;
  /** States of the record in which items may be drafted or accepted. */
  openIn: readonly string[];
  /** Every item names its consumer and must be accepted (a design package), or being drafted is enough. */
  acceptance: boolean;
}

export interface ItemData {
  item: string;
  mandatory: boolean;
  applicable: boolean;
  notApplicableReason: string | null;
  statement: string | null;
  /** Of a file of the record that is stated with it, or for it. */
  fileHash: string | null;
  state: 'missing' | 'drafted' | 'accepted' | 'rejected';
  draftedBy: string | null;
  acceptedBy: string | null;
  acceptedRole: string | null;
  selfChecked: boolean;
  finding: string | null;
  updatedAt: string;
}

export const itemColumns = `i.item, i.mandatory, i.applicable, i.not_applicable_reason as "notApplicableReason", i.statement, i.file_hash as "fileHash",
  i.state, i.drafted_by as "draftedBy", i.accepted_by as "acceptedBy", i.accepted_role as "acceptedRole", i.self_checked as "selfChecked", i.finding, i.updated_at as "updatedAt"`;

/** Whether an item says what its checklist asks of it: accepted by its consumer, or drafted where drafting is enough. */
export function isComplete({ state }: Pick<ItemData, 'state'>, acceptance: boolean): boolean {
  return acceptance ? state === 'accepted' : state === 'drafted' || state === 'accepted';
}

/** Items that still stand between a record and completeness, in order. */
export function incomplete(items: readonly ItemData[], acceptance: boolean): ItemData[] {
  return items.filter((item) => item.mandatory && item.applicable && !isComplete(item, acceptance));
}
