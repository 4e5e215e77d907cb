import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import styles from './states.module.css';

/** Names what stands in a form as a draft typed earlier, with a way to be rid of it. */
export function DraftNote({ shown, onDiscard }: { shown: boolean; onDiscard: () => void }) {
  if (!shown) return null;
  return (
    <p className={styles.draft} role="status">
      <IconPencil size={13} aria-hidden /> This is your draft from before, not sent yet.
      <Button variant="subtle" size="compact-xs" onClick={onDiscard}>
        Discard the draft
      </Button>
    </p>
  );
}
