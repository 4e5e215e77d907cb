import { roleRefusals } from '../define/decide.ts';
import type { Principal } from '../../permission/principal.ts';
import type { RecordDefinition } from '../define/define.ts';
import type { Registry } from '../define/work.ts';

/** Whether anybody may make one; other types come about by acts on other records. */
export const isMadeByHand = ({ lifecycle }: RecordDefinition): boolean =>
  lifecycle.create.who.some((role) => role !== 'system');

/** The types of which a principal may make a record: what screens offer as new. */
export function createdBy({ records }: Registry, { grants }: Principal): string[] {
  return [...records.values()]
    .map(({ definition }) => definition)
    .filter((each) => isMadeByHand(each) && roleRefusals(each.lifecycle.create.who, grants, 'create').length === 0)
    .map(({ type }) => type);
}
