// A record that says what shall stand instead of what another says: what that other says now stands beside.
import type { ReactNode } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import { useRecord } from '../queries.ts';
import { useRegistry } from '../registry.ts';
import { FieldValue } from './field-value.tsx';
import { type FormValues, isEmpty, textOf } from './values.ts';

interface Restated {
  /** The type that is restated; undefined where the record restates none. */
  of: RecordDefinition | undefined;
  names: ReadonlySet<string>;
}

/** The fields of a record that restate those of another. */
export function useRestated(definition: RecordDefinition | undefined): Restated {
  const { definitions } = useRegistry();
  const field = definition?.restates === undefined ? undefined : definition.fields[definition.restates];
  const of = field?.kind === 'reference' ? definitions.find(({ type }) => field.types.includes(type)) : undefined;
  const names = Object.keys(definition?.fields ?? {}).filter((name) => of && Object.hasOwn(of.fields, name));
  return { of, names: new Set(names) };
}

/** What each field of the record that is restated says now, once that is chosen. */
export function useSaysNow(definition: RecordDefinition, values: FormValues): (name: string) => ReactNode {
  const { of, names } = useRestated(definition);
  const id = values[definition.restates ?? ''];
  return (name) => of && names.has(name) && !isEmpty(id) && <SaysNow of={of} id={id} name={name} />;
}

function SaysNow({ of, id, name }: { of: RecordDefinition; id: unknown; name: string }) {
  const { data } = useRecord(of.path, textOf(id));
  const field = of.fields[name];
  const value = data?.record.fields[name];
  if (!data || !field) return 'Now …';
  if (isEmpty(value)) return 'Not stated now';
  return (
    <>
      Now: <FieldValue field={field} value={value} names={data.names} short />
    </>
  );
}
