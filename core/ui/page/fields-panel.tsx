import { fieldsOf, type RecordDefinition } from '../../record/define.ts';
import type { Field } from '../../record/fields.ts';
import type { RecordRead } from '../contract.ts';
import { isEmpty } from '../form/values.ts';
import { EditableField } from './editable-field.tsx';
import styles from './page.module.css';

interface FieldsPanelProps {
  definition: RecordDefinition;
  read: RecordRead;
  editable: boolean;
  only?: 'long' | 'short';
  label: string;
}

const isLong = (field: Field) => field.kind === 'longText' || field.kind === 'list' || field.kind === 'json';

/** A record's fields; what is derived and still empty is left out. */
export function FieldsPanel({ definition, read, editable, only, label }: FieldsPanelProps) {
  const shown = fieldsOf(definition).filter(
    ([name, field]) =>
      (!only || (only === 'long') === isLong(field)) && !(field.derived && isEmpty(read.record.fields[name])),
  );
  if (shown.length === 0) return null;
  return (
    <dl className={styles.fields} aria-label={label}>
      {shown.map(([name, field]) => (
        <EditableField
          key={name}
          definition={definition}
          read={read}
          name={name}
          field={field}
          value={read.record.fields[name]}
          editable={editable && !field.derived}
          wide={isLong(field)}
        />
      ))}
    </dl>
  );
}
