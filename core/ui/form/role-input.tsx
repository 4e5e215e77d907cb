// A role is chosen, and read, by what it is called: nobody knows its code by heart.
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Side } from '../../permission/principal.ts';
import { useRegistry } from '../registry.ts';

interface RoleInputProps {
  name: string;
  required: boolean;
  error: string | undefined;
  label?: string;
  description?: ReactNode;
  value: string;
  onChange: (code: string | null) => void;
}

const sides: readonly { side: Side; group: string }[] = [
  { side: 'B', group: 'Of the business' },
  { side: 'U', group: 'Of users' },
  { side: 'P', group: 'Of the provider' },
  { side: 'X', group: 'Of suppliers' },
  { side: 'A', group: 'Of who examines it' },
];

export function RoleInput({ value, onChange, ...shared }: RoleInputProps) {
  const { roles, roleSides } = useRegistry();
  const groups = sides.map(({ side, group }) => ({
    group,
    items: Object.entries(roles)
      .filter(([code]) => roleSides[code] === side)
      .map(([code, label]) => ({ value: code, label })),
  }));
  return (
    <NativeSelect
      {...shared}
      data={[
        { value: '', label: shared.required ? 'Choose …' : 'Any' },
        ...groups.filter(({ items }) => items.length > 0),
      ]}
      value={value}
      onChange={(choice) => onChange(choice.currentTarget.value || null)}
    />
  );
}
