import { useQuery } from '@tanstack/react-query';
import { isComplete } from '../../record/define/checklist.ts';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { ItemView } from '../contract.ts';
import { useRegistry } from '../registry.ts';
import type { ChecklistWords } from '../registry.ts';

/** The words of a record's checklist: its items' titles, and whether they must be accepted. Loaded with the first that is read. */
export function useChecklist({ checklist = '' }: RecordDefinition): ChecklistWords | undefined {
  const load = useRegistry().checklists[checklist];
  return useQuery({
    queryKey: ['part', 'checklist', checklist],
    queryFn: load,
    enabled: load !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

/** How much of a record's checklist is filled: accepted, or drafted where its checklist asks for no more. */
export function useChecklistFill(definition: RecordDefinition, items: readonly ItemView[]) {
  const words = useChecklist(definition);
  const acceptance = words?.acceptance ?? true;
  const wanted = items.filter((item) => item.mandatory && item.applicable);
  const filled = wanted.filter((item) => isComplete(item, acceptance)).length;
  const isOpen = (item: ItemView) => item.applicable && !isComplete(item, acceptance);
  return {
    filled,
    wanted: wanted.length,
    word: acceptance ? 'accepted' : 'filled',
    isOpen,
    isKnown: words !== undefined,
  };
}
