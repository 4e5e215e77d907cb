import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { fieldsOf, type RecordDefinition } from '../../record/define/define.ts';
import type { Field } from '../../record/define/fields.ts';
import type { MoveView, RecordRead } from '../contract.ts';
import { useRestated } from '../form/restated.tsx';
import { isEmpty } from '../form/values.ts';
import { EditableField } from './editable-field.tsx';
import styles from './page.module.css';

const MoveDialog = lazy(() => import('../form/move-dialog.tsx').then((module) => ({ default: module.MoveDialog })));

interface FieldsPanelProps {
  definition: RecordDefinition;
  read: RecordRead;
  editable: boolean;
  only?: 'long' | 'short';
  label: string;
}

const isLong = (field: Field) => field.kind === 'longText' || field.kind === 'list' || field.kind === 'json';

/** A record's fields; what is derived and still empty is left out, as is what the record leaves as it is. */
export function FieldsPanel({ definition, read, editable, only, label }: FieldsPanelProps) {
  const { names: restated } = useRestated(definition);
  const [all, setAll] = useState(false);
  const fields = fieldsOf(definition).filter(
    ([name, field]) =>
      (!only || (only === 'long') === isLong(field)) && !(field.derived && isEmpty(read.record.fields[name])),
  );
  const [open, setOpen] = useState<MoveView | null>(null);
  if (fields.length === 0) return null;
  const stay = fields.filter(([name]) => restated.has(name) && isEmpty(read.record.fields[name]));
  const shown = all ? fields : fields.filter((each) => !stay.includes(each));
  const isFixed = (name: string, field: Field) => field.fixed === true && !isEmpty(read.record.fields[name]);
  const moveOf = (name: string) => read.moves.find((each) => each.allowed && each.name === read.alteredBy[name]);
  return (
    <>
      <dl className={styles.fields} aria-label={label}>
        {shown.map(([name, field]) => {
          const move = moveOf(name);
          return (
            <EditableField
              key={name}
              definition={definition}
              read={read}
              name={name}
              field={field}
              value={read.record.fields[name]}
              editable={
                name in read.alteredBy ? move !== undefined : editable && !field.derived && !isFixed(name, field)
              }
              onMove={move && (() => setOpen(move))}
              wide={isLong(field)}
            />
          );
        })}
        <Suspense>
          {open && <MoveDialog definition={definition} read={read} move={open} onClose={() => setOpen(null)} />}
        </Suspense>
      </dl>
      {stay.length > 0 && (
        <Button variant="subtle" size="compact-sm" mb="md" onClick={() => setAll(!all)}>
          {all
            ? 'Only what becomes another'
            : `${stay.length} ${stay.length === 1 ? 'field stays as it is' : 'fields stay as they are'}`}
        </Button>
      )}
    </>
  );
}
