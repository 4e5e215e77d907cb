// The input for each kind of field. The table below must name every kind: a new one does not compile until it has its input.
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Field } from '../../record/define/fields.ts';
import type { FieldInputProps } from './input-props.ts';
import { ListInput } from './list-input.tsx';
import { MoneyInput } from './money-input.tsx';
import { NumberText } from './number-input.tsx';
import { RecordPicker } from './record-picker.tsx';
import { RoleInput } from './role-input.tsx';
import { textOf, toLocalInput } from './values.ts';
import { lookup } from '../../names/lookup.ts';

function shared({ name, field, error, required, autoFocus, bare, beside }: FieldInputProps) {
  const label =
    field.kind === 'integer' || field.kind === 'decimal'
      ? `${field.label}${field.unit ? `, ${field.unit}` : ''}`
      : field.label;
  return {
    name,
    error,
    required: required ?? false,
    withAsterisk: !bare && (required ?? false),
    ...(autoFocus ? { autoFocus: true, 'data-autofocus': true } : {}),
    ...(bare ? { 'aria-label': label } : { label, description: beside || field.help }),
  };
}

function PlainInput({ type, ...props }: FieldInputProps & { type: 'text' | 'date' | 'datetime-local' }) {
  const { value, onChange, field } = props;
  const shows = type === 'datetime-local' && textOf(value) ? toLocalInput(textOf(value)) : textOf(value);
  const handleText = (text: string) =>
    onChange(type === 'datetime-local' && text ? new Date(text).toISOString() : text);
  const most = field.kind === 'text' ? { maxLength: field.max } : {};
  return (
    <TextInput
      {...shared(props)}
      {...most}
      type={type}
      value={shows}
      onChange={(typing) => handleText(typing.currentTarget.value)}
    />
  );
}

function LongInput(props: FieldInputProps) {
  return (
    <Textarea
      {...shared(props)}
      autosize
      minRows={3}
      maxRows={16}
      value={textOf(props.value)}
      onChange={(typing) => props.onChange(typing.currentTarget.value)}
    />
  );
}

function ChoiceInput(props: FieldInputProps) {
  const options = props.field.kind === 'choice' ? Object.entries(props.field.options) : [];
  const data = [
    { value: '', label: props.required ? 'Choose …' : 'None' },
    ...options.map(([value, label]) => ({ value, label })),
  ];
  return (
    <NativeSelect
      {...shared(props)}
      data={data}
      value={textOf(props.value)}
      onChange={(choice) => props.onChange(choice.currentTarget.value || null)}
    />
  );
}

function FigureInput(props: FieldInputProps) {
  const { field, value, onChange } = props;
  return <NumberText {...shared(props)} whole={field.kind === 'integer'} value={value} onChange={onChange} />;
}

function YesInput({ name, field, value, onChange, error, bare }: FieldInputProps) {
  return (
    <Checkbox
      name={name}
      label={bare ? 'Yes' : field.label}
      description={bare ? undefined : field.help}
      error={error}
      checked={value === true}
      onChange={(tick) => onChange(tick.currentTarget.checked)}
    />
  );
}

function JsonInput(props: FieldInputProps) {
  const shows =
    typeof props.value === 'string'
      ? props.value
      : props.value === undefined || props.value === null
        ? ''
        : JSON.stringify(props.value, null, 2);
  const handleText = (text: string) => {
    try {
      props.onChange(text === '' ? null : JSON.parse(text));
    } catch {
      props.onChange(text);
    }
  };
  return (
    <Textarea
      {...shared(props)}
      autosize
      minRows={3}
      maxRows={16}
      ff="monospace"
      value={shows}
      onChange={(typing) => handleText(typing.currentTarget.value)}
    />
  );
}

const picks = (types: readonly string[]) => (props: FieldInputProps) => (
  <RecordPicker {...shared(props)} types={types} value={textOf(props.value) || null} onChange={props.onChange} />
);

const PersonInput = picks(['person']);
const TeamInput = picks(['team']);
const CustomerInput = picks(['customer']);

const inputs: Readonly<Record<Field['kind'], (props: FieldInputProps) => ReactNode>> = lookup({
  text: (props) =>
    props.field.kind === 'text' && props.field.names === 'role' ? (
      <RoleInput {...shared(props)} value={textOf(props.value)} onChange={props.onChange} />
    ) : (
      <PlainInput {...props} type="text" />
    ),
  longText: LongInput,
  choice: ChoiceInput,
  integer: FigureInput,
  decimal: FigureInput,
  money: (props) => <MoneyInput {...shared(props)} value={props.value} onChange={props.onChange} />,
  date: (props) => <PlainInput {...props} type="date" />,
  instant: (props) => <PlainInput {...props} type="datetime-local" />,
  boolean: YesInput,
  person: PersonInput,
  team: TeamInput,
  customer: CustomerInput,
  json: JsonInput,
  reference: (props) => (
    <RecordPicker
      {...shared(props)}
      types={props.field.kind === 'reference' ? props.field.types : []}
      whileIn={props.field.kind === 'reference' ? props.field.whileIn : undefined}
      value={textOf(props.value) || null}
      onChange={props.onChange}
    />
  ),
  list: (props) => <ListInput {...props} input={FieldInput} />,
});

export function FieldInput(props: FieldInputProps) {
  const Input = inputs[props.field.kind];
  return <Input {...props} />;
}
