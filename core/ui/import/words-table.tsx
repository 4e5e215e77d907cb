import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import styles from './import.module.css';

interface WordsTableProps {
  /** Whose words they are. */
  label: string;
  words: readonly string[];
  options: readonly { value: string; label: string }[];
  /** The chosen option of a word; '' where none is. */
  meaning: (word: string) => string;
  /** What becomes of a row whose word stands for nothing. */
  nothing: string;
  onMean: (word: string, option: string) => void;
  /** What else a word tells. */
  besides?: (word: string) => ReactNode;
}

/** What each of the source's words stands for. Words further down in the file may be added. */
export function WordsTable({ label, words, options, meaning, nothing, onMean, besides }: WordsTableProps) {
  const [another, setAnother] = useState('');
  const add = () => {
    const [first] = options;
    if (another.trim() === '' || !first) return;
    onMean(another.trim(), first.value);
    setAnother('');
  };
  return (
    <div className={styles.words} role="group" aria-label={`Words of ${label}`}>
      {words.map((word) => (
        <div key={word} className={styles.word}>
          <span className={styles.theirs}>{word}</span>
          <NativeSelect
            size="xs"
            aria-label={`${label}: ${word}`}
            value={meaning(word)}
            onChange={(choice) => onMean(word, choice.currentTarget.value)}
            data={[{ value: '', label: nothing }, ...options]}
          />
          {besides?.(word)}
        </div>
      ))}
      <div className={styles.word}>
        <TextInput
          size="xs"
          aria-label={`Another word of ${label}`}
          placeholder="Another word"
          value={another}
          onChange={(typing) => setAnother(typing.currentTarget.value)}
          onKeyDown={(press) => press.key === 'Enter' && add()}
        />
        <Button variant="default" size="compact-sm" disabled={another.trim() === ''} onClick={add}>
          Add
        </Button>
      </div>
    </div>
  );
}
