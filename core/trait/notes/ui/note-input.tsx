// A note as it is written: its text, and who sees it.
import { SegmentedControl, Textarea } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { Said } from '../../../ui/registry.ts';
import { readersInWords } from './use-readers.ts';
import type { Readers } from './use-readers.ts';
import styles from './notes.module.css';

interface NoteInputProps {
  note: Said;
  readers: Readers;
  onText: (text: string) => void;
  onAudience: (audience: Said['audience']) => void;
  box?: RefObject<HTMLTextAreaElement | null>;
  /** Its name is to be seen: it stands among other inputs. */
  isLabelled?: boolean;
  readOnly?: boolean;
  autoFocus?: boolean;
  error?: string | undefined;
  onKeyDown?: (press: KeyboardEvent) => void;
  /** Stands beside the choice of who sees it. */
  action?: ReactNode;
  children?: ReactNode;
}

const placeholderOf = ({ audience }: Said, { mayBeInternal, hasCustomer }: Readers): string => {
  if (!mayBeInternal) return 'Write to whoever works on it';
  return audience === 'public' && hasCustomer ? 'Write to the customer' : 'Write to your own people';
};

export function NoteInput({
  note,
  readers,
  onText,
  onAudience,
  box,
  isLabelled = false,
  readOnly = false,
  autoFocus = false,
  error,
  onKeyDown,
  action,
  children,
}: NoteInputProps) {
  // Once the placeholder is written over, it is still to be seen who reads along.
  const isHinted = note.text !== '' || (note.audience === 'public' && readers.mayBeInternal && !readers.hasCustomer);
  const name = note.audience === 'public' ? 'Public note' : 'Internal note';
  return (
    <>
      <Textarea
        ref={box}
        {...(isLabelled ? { label: name } : { 'aria-label': name })}
        description={isHinted ? readersInWords(note.audience, readers) : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={placeholderOf(note, readers)}
        autosize
        minRows={2}
        maxRows={12}
        value={note.text}
        readOnly={readOnly}
        autoFocus={autoFocus}
        error={error}
        onChange={(typing) => onText(typing.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {children}
      {(readers.mayBeInternal || action) && (
        <div className={styles.foot}>
          {readers.mayBeInternal && (
            <SegmentedControl
              size="xs"
              aria-label="Who sees it"
              value={note.audience}
              onChange={(chosen) => onAudience(chosen === 'internal' ? 'internal' : 'public')}
              data={[
                { value: 'public', label: 'Public' },
                { value: 'internal', label: 'Internal' },
              ]}
            />
          )}
          {action}
        </div>
      )}
    </>
  );
}
