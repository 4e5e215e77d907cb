import type { Condition } from '../contract.ts';
import { WordsDialog } from '../words-dialog.tsx';

/** Records that a condition of a decision is met, with what shows it. */
export function MeetDialog({ condition, onClose }: { condition: Condition; onClose: () => void }) {
  return (
    <WordsDialog
      title={condition.text}
      draft={`met.${condition.id}`}
      asks={{ label: 'What shows that it is met', name: 'evidence' }}
      path={`/conditions/${condition.id}/met`}
      send={{ label: 'Mark as met' }}
      done="The condition is met."
      refused="Not recorded"
      onClose={onClose}
    />
  );
}
