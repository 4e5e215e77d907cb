// What may be said with a move, in the same act: folded away until somebody wants to.
import { Button } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { RecordRead } from '../contract.ts';
import type { MoveWords, Said } from '../registry.ts';
import styles from './form.module.css';

interface SayWithMoveProps {
  words: MoveWords;
  read: RecordRead;
  said: Said | null;
  error: string | undefined;
  onSay: (next: Said) => void;
}

const nothing: Said = { audience: 'public', text: '' };

export function SayWithMove({ words: { Input }, said, ...props }: SayWithMoveProps) {
  const [isOpen, setOpen] = useState(said !== null && said.text !== '');
  if (isOpen) return <Input said={said ?? nothing} {...props} />;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={styles.say}
      leftSection={<IconMessagePlus size={14} aria-hidden />}
      onClick={() => setOpen(true)}
    >
      Say something with it
    </Button>
  );
}
