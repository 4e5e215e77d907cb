import { Checkbox } from '@mantine/core';
import type { Field } from '../../record/define/fields.ts';
import { FieldInput } from '../form/field-input.tsx';
import { RecordPicker } from '../form/record-picker.tsx';
import { textOf } from '../form/values.ts';
import type { FiltersProps } from './filters.tsx';

/** What may no longer be named is still looked for. */
function findable(field: Field): Field {
  if (field.kind !== 'reference') return field;
  const { whileIn: _, ...rest } = field;
  return rest;
}

/** Owner, customer and the fields that a list may be filtered by. */
export function FieldFilterInputs({ definition, state, onPatch }: FiltersProps) {
  return (
    <>
      <Checkbox
        label="Owned by me"
        checked={state.filters.owner === 'me'}
        onChange={(tick) => onPatch({ owner: tick.currentTarget.checked ? 'me' : null })}
      />
      {state.filters.owner !== 'me' && (
        <RecordPicker
          label="Owner"
          types={['person']}
          value={state.filters.owner ?? null}
          onChange={(id) => onPatch({ owner: id })}
        />
      )}
      <RecordPicker
        label="Customer"
        types={['customer']}
        value={state.filters.customer ?? null}
        onChange={(id) => onPatch({ customer: id })}
      />
      {(definition.filters ?? []).map((name) => {
        const field = definition.fields[name];
        if (!field) return null;
        const value = field.kind === 'boolean' ? state.filters[name] === 'true' : (state.filters[name] ?? '');
        return (
          <FieldInput
            key={name}
            name={name}
            field={findable(field)}
            value={value}
            onChange={(next) => onPatch({ [name]: next === true ? 'true' : textOf(next) || null })}
          />
        );
      })}
    </>
  );
}
