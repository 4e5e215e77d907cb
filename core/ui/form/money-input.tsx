import type { ReactNode } from 'react';
import { Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { minorDigits, readersMarks } from '../format.ts';
import { type Marks, plainNumber, saysOf } from './numbers.ts';
import { fromMinor, moneyOf, textOf, toMinor } from './values.ts';

interface MoneyInputProps {
  label?: string | undefined;
  'aria-label'?: string;
  description?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  withAsterisk?: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** What was typed as an amount and cannot be read as one yet: a draft keeps it. */
function typedMoneyOf(value: unknown): { typed: string; currency: string } {
  if (typeof value !== 'object' || value === null || !('typed' in value) || !('currency' in value)) return noMoney;
  return { typed: textOf(value.typed), currency: textOf(value.currency) };
}
const noMoney = { typed: '', currency: 'EUR' };

/** More digits after the point than the currency has. */
const tooFine = (currency: string, marks: Marks) =>
  minorDigits(currency) === 0
    ? `${currency} has no fractions.`
    : `At most ${minorDigits(currency)} digits after the ${marks.decimal === ',' ? 'comma' : 'point'}.`;

/** An amount in major units beside its currency. An amount that is none is said, and kept. */
export function MoneyInput({
  value,
  onChange,
  error,
  label,
  description,
  withAsterisk = false,
  ...rest
}: MoneyInputProps) {
  const marks = readersMarks();
  const given = moneyOf(value);
  const kept = given ? { typed: fromMinor(given, marks), currency: given.currency } : typedMoneyOf(value);
  const [amount, setAmount] = useState(kept.typed);
  const [currency, setCurrency] = useState(kept.currency);
  const name = label ?? rest['aria-label'] ?? 'Amount';
  const wrong = amount.trim() !== '' && toMinor(amount, currency, marks) === null;
  const tell = (nextAmount: string, nextCurrency: string) => {
    setAmount(nextAmount);
    setCurrency(nextCurrency);
    const minor = toMinor(nextAmount, nextCurrency, marks);
    if (nextAmount.trim() === '') onChange(null);
    else onChange(minor === null ? { typed: nextAmount, currency: nextCurrency } : { minor, currency: nextCurrency });
  };
  const says = wrong ? (saysOf(plainNumber(amount, marks), marks) ?? tooFine(currency, marks)) : error;
  return (
    <Group gap={8} align="end" wrap="nowrap" role="group" aria-label={name}>
      <TextInput
        {...(label ? { label } : { 'aria-label': `${name}: amount` })}
        description={description}
        error={says}
        withAsterisk={withAsterisk}
        inputMode="decimal"
        data-unreadable={wrong ? true : undefined}
        value={amount}
        onChange={(typing) => tell(typing.currentTarget.value, currency)}
        style={{ flex: 1 }}
      />
      <TextInput
        aria-label={`${name}: currency`}
        value={currency}
        maxLength={3}
        w={64}
        onChange={(typing) => tell(amount, typing.currentTarget.value.toUpperCase())}
      />
    </Group>
  );
}
