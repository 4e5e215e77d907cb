import { isComplete } from '../../record/checklist.ts';
import type { RecordDefinition } from '../../record/define.ts';
import type { ItemView } from '../contract.ts';
import { useRegistry } from '../registry.ts';

/** How much of a record's checklist is filled: accepted, or drafted where its checklist asks for no more. */
export function useChecklistFill(definition: RecordDefinition, items: readonly ItemView[]) {
  const { checklists } = useRegistry();
  const acceptance = checklists.find((each) => each.name === definition.checklist)?.acceptance ?? true;
  const wanted = items.filter((item) => item.mandatory && item.applicable);
  const filled = wanted.filter((item) => isComplete(item, acceptance)).length;
  const isOpen = (item: ItemView) => item.applicable && !isComplete(item, acceptance);
  return { filled, wanted: wanted.length, word: acceptance ? 'accepted' : 'filled', isOpen };
}
