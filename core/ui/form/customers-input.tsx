import { ActionIcon, Button, Input } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { ask, useMe } from '../queries.ts';
import type { Header } from '../contract.ts';
import styles from './customers.module.css';
import { RecordPicker } from './record-picker.tsx';

function Chosen({ id, onAway }: { id: string; onAway: () => void }) {
  const header = useQuery({
    queryKey: ['header', id],
    queryFn: (context) => ask<Header>(`/records/${id}`, context),
    staleTime: 60_000,
  });
  const name = header.data?.title ?? id.slice(0, 8);
  return (
    <li className={styles.chosen}>
      {name}
      <ActionIcon size={24} aria-label={`Take ${name} away`} onClick={onAway}>
        <IconX size={12} aria-hidden />
      </ActionIcon>
    </li>
  );
}

/** The customers whose eyes a record is for. */
export function CustomersInput({ value, onChange }: { value: unknown; onChange: (ids: string[]) => void }) {
  const isProviders = useMe().data?.person.customer === null;
  const ids = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  return (
    <Input.Wrapper
      labelElement="div"
      label="Customers"
      description={
        value === undefined
          ? 'Who of the business side may see it. Left alone: who shares in what it comes from or serves.'
          : 'Who of the business side may see it. None: it stays inside the provider.'
      }
    >
      {ids.length > 0 && (
        <ul className={styles.list}>
          {ids.map((id) => (
            <Chosen key={id} id={id} onAway={() => onChange(ids.filter((each) => each !== id))} />
          ))}
        </ul>
      )}
      {value === undefined && isProviders && (
        <Button variant="subtle" size="compact-xs" onClick={() => onChange([])}>
          Keep it inside the provider
        </Button>
      )}
      <div className={styles.add}>
        <RecordPicker
          aria-label="Add a customer"
          types={['customer']}
          value={null}
          onChange={(id) => id && !ids.includes(id) && onChange([...ids, id])}
        />
      </div>
    </Input.Wrapper>
  );
}
