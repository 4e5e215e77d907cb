import { Button, CopyButton } from '@mantine/core';
import styles from './access.module.css';

/** What is told now and never again: a link, or the secret of a key. */
export function ToldOnce({ what, text, onClose }: { what: string; text: string; onClose: () => void }) {
  return (
    <>
      <code className={styles.once} aria-label={what}>
        {text}
      </code>
      <div className={styles.foot}>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button onClick={copy} data-autofocus>
              {copied ? 'Copied' : `Copy the ${what.toLowerCase()}`}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  );
}
