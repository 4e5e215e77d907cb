import type { ReactNode } from 'react';
import { CloseButton, Combobox, InputBase, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { WhileIn } from '../../record/define/fields.ts';
import type { Header } from '../contract.ts';
import { ask } from '../queries.ts';
import styles from './form.module.css';
import { shownName, useOptions } from './use-options.ts';

interface RecordPickerProps {
  label?: string | undefined;
  'aria-label'?: string;
  description?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  withAsterisk?: boolean;
  autoFocus?: boolean;
  types: readonly string[];
  whileIn?: WhileIn | undefined;
  value: string | null;
  onChange: (id: string | null) => void;
}

// What the role asks for beside (aria-controls, aria-expanded) is set by the target around the input.
const combobox = { role: 'combobox' } as const;

/** Finds another record by number or words. */
export function RecordPicker({ types, whileIn, value, onChange, ...input }: RecordPickerProps) {
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const text = useDeferredValue((typed ?? '').trim());
  const { options, says } = useOptions({ types, whileIn }, text, box.dropdownOpened);
  const chosen = useQuery({
    queryKey: ['header', value],
    queryFn: (context) => ask<Header>(`/records/${value}`, context),
    enabled: value !== null,
    staleTime: 60_000,
  });
  const label = value === null ? '' : chosen.data ? shownName(chosen.data) : value.slice(0, 8);
  const choose = (id: string) => {
    onChange(id);
    setTyped(null);
    box.closeDropdown();
  };
  return (
    <Combobox store={box} onOptionSubmit={choose}>
      <Combobox.Target withExpandedAttribute>
        <InputBase
          {...input}
          {...combobox}
          size="xs"
          value={typed ?? label}
          placeholder="Find by number or words"
          rightSection={
            value !== null && <CloseButton size={22} aria-label="Take away" onClick={() => onChange(null)} />
          }
          rightSectionPointerEvents="auto"
          // Where something stands already, coming by must not lay a list over what follows.
          onFocus={() => value === null && box.openDropdown()}
          onBlur={() => {
            box.closeDropdown();
            setTyped(null);
          }}
          onClick={() => box.openDropdown()}
          onChange={(typing) => {
            setTyped(typing.currentTarget.value);
            box.openDropdown();
            box.updateSelectedOptionIndex();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label="Found" mah={280} style={{ overflowY: 'auto' }}>
          {options.map(({ id, name, detail }) => (
            <Combobox.Option key={id} value={id} className={styles.option}>
              <span>{name}</span> {detail && <span className="quiet small">{detail}</span>}
            </Combobox.Option>
          ))}
          {options.length === 0 && <Combobox.Empty>{says}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
