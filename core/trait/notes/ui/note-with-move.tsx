import type { SaidProps } from '../../../ui/registry.ts';
import { NoteInput } from './note-input.tsx';
import { useReaders } from './use-readers.ts';
import styles from './notes.module.css';

/** The note that goes with a move, in the move's dialog. */
export function Input({ read, said, error, onSay }: SaidProps) {
  return (
    <div className={styles.withMove}>
      <NoteInput
        note={said}
        isLabelled
        readers={useReaders(read)}
        autoFocus={said.text === ''}
        error={error}
        onText={(text) => onSay({ ...said, text })}
        onAudience={(audience) => onSay({ ...said, audience })}
      />
    </div>
  );
}
