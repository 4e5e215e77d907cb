// What may be said with a move, in the same act: folded away until somebody wants to.
import { Button } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordRead } from '../contract.ts';
import { Failed } from '../failed.tsx';
import { Waiting } from '../states.tsx';
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

export function SayWithMove({ words: { load }, said, ...props }: SayWithMoveProps) {
  const [isOpen, setOpen] = useState(said !== null && said.text !== '');
  const part = useQuery({
    queryKey: ['words of moves', props.read.record.type],
    queryFn: load,
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    retry: false,
  });
  if (isOpen && part.isError) return <Failed error={part.error} />;
  if (isOpen) return part.data ? <part.data.Input said={said ?? nothing} {...props} /> : <Waiting lines={2} />;
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
