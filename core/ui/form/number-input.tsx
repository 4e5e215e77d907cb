import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { readersMarks } from '../format.ts';
import { plainNumber, saysOf, typedNumber } from './numbers.ts';

interface NumberTextProps {
  name: string;
  value: unknown;
  whole: boolean;
  error?: string | undefined;
  onChange: (value: unknown) => void;
}

/** A number as text: what cannot be read is said and stays as it was typed, and is not sent. */
export function NumberText({ value, whole, error, onChange, ...shared }: NumberTextProps) {
  const marks = readersMarks();
  const [typed, setTyped] = useState<{ text: string; value: unknown } | null>(null);
  const shown = typeof value === 'number' ? typedNumber(value, marks) : typeof value === 'string' ? value : '';
  // What another put there replaces the text; what this text means leaves it as it was typed.
  const text = typed && Object.is(typed.value, value) ? typed.text : shown;
  const says = text.trim() === '' ? undefined : saysOf(plainNumber(text, marks), marks, { whole });
  const tell = (next: string) => {
    const read = plainNumber(next, marks);
    const wrong = saysOf(read, marks, { whole }) !== undefined;
    const meant = next.trim() === '' ? null : wrong || !('plain' in read) ? next : Number(read.plain);
    setTyped({ text: next, value: meant });
    onChange(meant);
  };
  return (
    <TextInput
      {...shared}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      error={says ?? error}
      data-unreadable={says ? true : undefined}
      onChange={(typing) => tell(typing.currentTarget.value)}
    />
  );
}
