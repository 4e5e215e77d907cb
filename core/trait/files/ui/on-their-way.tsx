import { Button, Progress } from '@mantine/core';
import { Reasons } from '../../../ui/states.tsx';
import type { Upload } from './use-uploads.ts';
import styles from './files.module.css';

/** How far a file is, or why it was refused. */
function OnItsWay({ upload: { name, share, refusals, cancel } }: { upload: Upload }) {
  const isRefused = refusals.length > 0;
  return (
    <li className={styles.upload}>
      <span className={styles.name}>{name}</span>
      {isRefused ? (
        <Reasons refusals={refusals} title="Not added" />
      ) : (
        <Progress value={share * 100} size="sm" aria-label={`${name} on its way`} />
      )}
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`${isRefused ? 'Dismiss' : 'Cancel'} ${name}`}
        onClick={cancel}
      >
        {isRefused ? 'Dismiss' : 'Cancel'}
      </Button>
    </li>
  );
}

export function OnTheirWay({ uploads }: { uploads: readonly Upload[] }) {
  return (
    <ul className={styles.list} aria-label="Files on their way">
      {uploads.map((each) => (
        <OnItsWay key={each.key} upload={each} />
      ))}
    </ul>
  );
}
