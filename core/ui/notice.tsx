// One line at the foot of the page: what was just done, with its undo for ten seconds. Announced once, politely.
import { Button, CloseButton } from '@mantine/core';
import { useEffect } from 'react';
import { useKeys } from './keys.ts';
import styles from './notice.module.css';
import { createStore, useStore } from './store.ts';

interface Note {
  words: string;
  tone: 'plain' | 'bad';
  undo?: () => void;
}

const shown = createStore<Note | null>(null);
const showsFor = 10_000;

export function say(words: string, undo?: () => void) {
  shown.set(undo ? { words, tone: 'plain', undo } : { words, tone: 'plain' });
}

export function warn(words: string) {
  shown.set({ words, tone: 'bad' });
}

function UndoKey({ undo }: { undo: () => void }) {
  useKeys([{ key: 'mod+z', label: 'Undo the last edit', run: undo }]);
  return null;
}

export function Notice() {
  const note = useStore(shown);
  useEffect(() => {
    const timer = note ? setTimeout(() => shown.set(null), showsFor) : undefined;
    return () => clearTimeout(timer);
  }, [note]);
  const handleUndo = () => {
    note?.undo?.();
    shown.set(null);
  };
  return (
    <div className={styles.place} role="status">
      {note && (
        <div className={styles.note} data-tone={note.tone}>
          <span>{note.words}</span>
          {note.undo && (
            <Button variant="subtle" size="compact-xs" onClick={handleUndo}>
              Undo
            </Button>
          )}
          {note.undo && <UndoKey undo={handleUndo} />}
          <CloseButton size={24} aria-label="Dismiss" onClick={() => shown.set(null)} />
        </div>
      )}
    </div>
  );
}
