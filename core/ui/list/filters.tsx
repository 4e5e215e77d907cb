import { ActionIcon, Button, Checkbox, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconColumns3, IconFilter, IconSearch, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { fieldsOf, type RecordDefinition } from '../../record/define/define.ts';
import { Waiting } from '../states.tsx';
import { ToneIcon } from '../tone.tsx';
import { isFiltered, type ListState } from './list-state.ts';
import styles from './list.module.css';

export type Patch = (patch: Readonly<Record<string, string | null>>) => void;
export interface FiltersProps {
  definition: RecordDefinition;
  state: ListState;
  onPatch: Patch;
}

// Loaded with the first press: most visits to a list filter by text and state alone.
const FieldFilterInputs = lazy(() =>
  import('./field-filters.tsx').then((module) => ({ default: module.FieldFilterInputs })),
);
const typingPause = 200;

function TextFilter({ text, onPatch }: { text: string; onPatch: Patch }) {
  const [typed, setTyped] = useState(text);
  const [shown, setShown] = useState(text);
  // The address was edited elsewhere (back, a cleared filter): it wins over what stands in the input.
  if (shown !== text) {
    setShown(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => onPatch({ q: typed }), typingPause);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      id="list-text"
      type="search"
      aria-label="Find in this list"
      placeholder="Find in this list"
      leftSection={<IconSearch size={13} aria-hidden />}
      value={typed}
      onChange={(typing) => setTyped(typing.currentTarget.value)}
      className={styles.text}
    />
  );
}

const without = (names: readonly string[], name: string, on: boolean) =>
  (on ? [...names, name] : names.filter((each) => each !== name)).join(',');

function StateFilter({ definition, state, onPatch }: FiltersProps) {
  const words = state.states.map((each) => definition.lifecycle.states[each]?.label).join(', ');
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button variant="default" className={styles.filter} data-on={state.states.length > 0}>
          {words ? `State: ${words}` : 'State'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.pop} aria-label="States">
        {Object.entries(definition.lifecycle.states).map(([name, each]) => (
          <Checkbox
            key={name}
            label={
              <span className={styles.stateLabel}>
                <ToneIcon tone={each.tone} />
                {each.label}
              </span>
            }
            checked={state.states.includes(name)}
            onChange={(tick) => onPatch({ state: without(state.states, name, tick.currentTarget.checked) })}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function FieldFilters(props: FiltersProps) {
  const count = Object.keys(props.state.filters).length;
  return (
    <Popover position="bottom-start" trapFocus width={300}>
      <Popover.Target>
        <Button
          variant="default"
          className={styles.filter}
          data-on={count > 0}
          leftSection={<IconFilter size={13} aria-hidden />}
        >
          {count > 0 ? `Filters: ${count}` : 'Filters'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.pop} aria-label="Filters">
        <Suspense fallback={<Waiting lines={3} />}>
          <FieldFilterInputs {...props} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnChoice({ definition, state, onPatch }: FiltersProps) {
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Tooltip label="Columns">
          <ActionIcon aria-label="Columns">
            <IconColumns3 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={styles.pop} aria-label="Columns">
        {fieldsOf(definition).map(([name, field]) => (
          <Checkbox
            key={name}
            label={field.label}
            checked={state.columns.includes(name)}
            onChange={(tick) => onPatch({ columns: without(state.columns, name, tick.currentTarget.checked) || ',' })}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Text, states, fields and columns of a list, each of them in the address. */
export function Filters(props: FiltersProps) {
  const { definition, state, onPatch } = props;
  const handleClear = () =>
    onPatch(Object.fromEntries(['state', 'q', ...Object.keys(state.filters)].map((name) => [name, null])));
  return (
    <div className={styles.filters} role="search" aria-label={`Filter ${definition.plural.toLowerCase()}`}>
      <TextFilter text={state.text} onPatch={onPatch} />
      <StateFilter {...props} />
      <FieldFilters {...props} />
      {isFiltered(state) && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={13} aria-hidden />} onClick={handleClear}>
          Clear
        </Button>
      )}
      <span className={styles.space} />
      <ColumnChoice {...props} />
    </div>
  );
}
