// What every mapping names: key, time, state, title, and how they are written.
import { Autocomplete, NativeSelect, TextInput } from '@mantine/core';
import { encodings } from '../../import/mapping.ts';
import type { Encoding } from '../../import/mapping.ts';
import type { LookedColumn, Mapping } from './contract.ts';
import { wordsOf } from './guess.ts';
import { patternInWords, patternsOf } from './times.ts';
import styles from './import.module.css';

interface EssentialsProps {
  columns: readonly LookedColumn[];
  mapping: Mapping;
  onEdit: (patch: Partial<Mapping>) => void;
}

interface ColumnSelectProps {
  label: string;
  description?: string;
  columns: readonly LookedColumn[];
  value: string;
  none?: string;
  onChange: (column: string) => void;
}

/** One of the file's columns. One that stands twice could be either. */
export function ColumnSelect({ columns, none = 'Choose a column', onChange, ...input }: ColumnSelectProps) {
  return (
    <NativeSelect
      {...input}
      size="xs"
      onChange={(choice) => onChange(choice.currentTarget.value)}
      data={[
        { value: '', label: none },
        ...columns.map(({ name, times }, index) => ({
          value: times > 1 ? `${name} ${index}` : name,
          label: times > 1 ? `${name} (stands ${times} times)` : name,
          disabled: times > 1,
        })),
      ]}
    />
  );
}

const missingIn = (text: string): string[] => [...new Set(text.split(',').map((each) => each.trim()))].filter(Boolean);

function Times({ columns, mapping, onEdit }: EssentialsProps) {
  const { occurredAt, timeFormat, zone, missing } = mapping;
  const examples = wordsOf(
    columns.find(({ name }) => name === occurredAt),
    missing,
  );
  const fitting = patternsOf(examples);
  const all = [...new Set([...fitting, ...(timeFormat ? [timeFormat] : [])])];
  const choose = (column: string) => {
    const [first = timeFormat] = patternsOf(
      wordsOf(
        columns.find(({ name }) => name === column),
        missing,
      ),
    );
    onEdit({ occurredAt: column, timeFormat: first });
  };
  return (
    <>
      <ColumnSelect label="When a row happened" columns={columns} value={occurredAt} onChange={choose} />
      <NativeSelect
        size="xs"
        label="How times are written"
        description={
          fitting.length > 1 ? `More than one fits ${examples[0]}: make sure.` : examples[0] && `Such as ${examples[0]}`
        }
        value={timeFormat}
        onChange={(choice) => onEdit({ timeFormat: choice.currentTarget.value })}
        data={[
          ...(timeFormat ? [] : [{ value: '', label: 'No pattern fits' }]),
          ...all.map((value) => ({ value, label: patternInWords(value) })),
        ]}
      />
      <Autocomplete
        size="xs"
        label="Time zone of times without an offset"
        value={zone}
        onChange={(next) => onEdit({ zone: next })}
        data={Intl.supportedValuesOf('timeZone')}
        limit={30}
      />
    </>
  );
}

export function Essentials({ columns, mapping, onEdit }: EssentialsProps) {
  return (
    <div className={styles.fields}>
      <TextInput
        size="xs"
        label="Name of the source"
        description="For good: by it and its keys a record is found again"
        value={mapping.source}
        onChange={(typing) => onEdit({ source: typing.currentTarget.value })}
      />
      <ColumnSelect label="Key" columns={columns} value={mapping.key} onChange={(key) => onEdit({ key })} />
      <Times columns={columns} mapping={mapping} onEdit={onEdit} />
      <ColumnSelect
        label="State"
        columns={columns}
        value={mapping.state.column}
        onChange={(column) => onEdit({ state: { column, values: {} } })}
      />
      <TextInput
        size="xs"
        label="Title"
        description="Columns stand in braces: {summary}"
        value={mapping.title}
        onChange={(typing) => onEdit({ title: typing.currentTarget.value })}
      />
      <ColumnSelect
        label="The source's own sequence"
        columns={columns}
        value={mapping.order ?? ''}
        none="It has none: rows are ordered by time"
        onChange={(order) => onEdit({ order: order || undefined })}
      />
      <ColumnSelect
        label="Who did what a row tells"
        columns={columns}
        value={mapping.by?.column ?? ''}
        none="It does not tell"
        onChange={(column) => onEdit({ by: column ? { as: 'provider_person', ...mapping.by, column } : undefined })}
      />
      <TextInput
        size="xs"
        label="Words that mean nothing"
        description="Parted by commas"
        key={mapping.missing.join()}
        defaultValue={mapping.missing.join(', ')}
        onBlur={(leaving) => onEdit({ missing: missingIn(leaving.currentTarget.value) })}
      />
      <NativeSelect
        size="xs"
        label="Columns are parted by"
        value={mapping.delimiter ?? ''}
        onChange={(choice) => onEdit({ delimiter: choice.currentTarget.value || undefined })}
        data={[
          { value: '', label: 'Commas, or what the file says' },
          { value: ',', label: 'Commas' },
          { value: ';', label: 'Semicolons' },
          { value: '\t', label: 'Tabs' },
          { value: '|', label: 'Bars' },
        ]}
      />
      <NativeSelect
        size="xs"
        label="Encoding"
        value={mapping.encoding ?? ''}
        onChange={(choice) => onEdit({ encoding: encodingIn(choice.currentTarget.value) })}
        data={[{ value: '', label: 'What the file says, or UTF-8' }, ...encodings]}
      />
    </div>
  );
}

const encodingIn = (text: string): Encoding | undefined => encodings.find((each) => each === text);
