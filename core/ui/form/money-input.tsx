import { Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fromMinor, moneyOf, toMinor } from './values.ts';

interface MoneyInputProps {
  label?: string | undefined;
  'aria-label'?: string;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean;
  withAsterisk?: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
}

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
  const given = moneyOf(value);
  const [amount, setAmount] = useState(given ? fromMinor(given) : '');
  const [currency, setCurrency] = useState(given?.currency ?? 'EUR');
  const name = label ?? rest['aria-label'] ?? 'Amount';
  const wrong = amount !== '' && toMinor(amount, currency) === null;
  const tell = (nextAmount: string, nextCurrency: string) => {
    setAmount(nextAmount);
    setCurrency(nextCurrency);
    const minor = toMinor(nextAmount, nextCurrency);
    onChange(minor === null ? null : { minor, currency: nextCurrency });
  };
  const says = wrong ? 'An amount such as 1250 or 1250.50' : error;
  return (
    <Group gap={8} align="end" wrap="nowrap" role="group" aria-label={name}>
      <TextInput
        {...(label ? { label } : { 'aria-label': `${name}: amount` })}
        description={description}
        error={says}
        withAsterisk={withAsterisk}
        inputMode="decimal"
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
