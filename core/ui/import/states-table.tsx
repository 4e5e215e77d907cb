import { NativeSelect } from '@mantine/core';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { LookedColumn, Mapping } from './contract.ts';
import { meaning, stateLabels, wordsOf } from './guess.ts';
import { askedIn, without } from './wanted.ts';
import { WordsTable } from './words-table.tsx';

interface StatesTableProps {
  definition: RecordDefinition;
  columns: readonly LookedColumn[];
  mapping: Mapping;
  onEdit: (patch: Partial<Mapping>) => void;
}

const silent = 'null';

/** What the source's words for a state stand for, and what they tell besides. */
export function StatesTable({ definition, columns, mapping, onEdit }: StatesTableProps) {
  const { column, values } = mapping.state;
  const found = wordsOf(
    columns.find(({ name }) => name === column),
    mapping.missing,
  );
  const stateOf = (word: string): string | null | undefined =>
    Object.hasOwn(values, word) ? values[word]?.state : undefined;
  const mean = (word: string, state: string) =>
    onEdit({
      state: {
        column,
        values: state === '' ? without(values, word) : { ...values, [word]: meaning(state === silent ? null : state) },
      },
    });
  const tell = (word: string, name: string, value: string) => {
    const { state = null, ...told } = values[word] ?? {};
    const besides = value === '' ? without(told, name) : { ...told, [name]: value };
    onEdit({ state: { column, values: { ...values, [word]: meaning(state, besides) } } });
  };
  const besides = (word: string) =>
    askedIn(definition, stateOf(word) ?? '').map((name) => {
      const field = definition.fields[name];
      if (field?.kind !== 'choice') return null;
      return (
        <NativeSelect
          key={name}
          size="xs"
          aria-label={`${word}: ${field.label}`}
          value={values[word]?.[name] ?? ''}
          onChange={(choice) => tell(word, name, choice.currentTarget.value)}
          data={[
            { value: '', label: `${field.label}: not told` },
            ...Object.entries(field.options).map(([value, label]) => ({ value, label: `${field.label}: ${label}` })),
          ]}
        />
      );
    });
  return (
    <WordsTable
      label="State"
      words={[...new Set([...found, ...Object.keys(values)])]}
      options={[
        ...Object.entries(stateLabels(definition)).map(([value, label]) => ({ value, label })),
        { value: silent, label: 'Says nothing about the state' },
      ]}
      nothing="Unknown: its rows are not taken"
      meaning={(word) => {
        const state = stateOf(word);
        return state === null ? silent : (state ?? '');
      }}
      onMean={mean}
      besides={besides}
    />
  );
}
