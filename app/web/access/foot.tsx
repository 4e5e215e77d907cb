import { Button } from '@mantine/core';
import styles from './access.module.css';

interface FootProps {
  /** What the button says. */
  act: string;
  waits: boolean;
  /** Something is still to be given. */
  lacks?: boolean;
  /** The button has the focus when the dialog opens. */
  isFirst?: boolean;
  onClose: () => void;
}

/** The end of a dialog's form: doing it, or leaving it. */
export function Foot({ act, waits, lacks = false, isFirst = false, onClose }: FootProps) {
  return (
    <div className={styles.foot}>
      <Button type="submit" data-autofocus={isFirst || undefined} loading={waits} disabled={lacks}>
        {act}
      </Button>
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
    </div>
  );
}
