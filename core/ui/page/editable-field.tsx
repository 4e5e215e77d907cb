import { ActionIcon, Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';
import type { RecordDefinition } from '../../record/define.ts';
import type { Field } from '../../record/fields.ts';
import { reasonsOf } from '../api.ts';
import type { RecordRead } from '../contract.ts';
import { FieldValue } from '../form/field-value.tsx';
import { Reasons } from '../states.tsx';
import styles from './page.module.css';
import { useEdit } from './use-edit.ts';

interface EditableFieldProps {
  definition: RecordDefinition;
  read: RecordRead;
  name: string;
  field: Field;
  value: unknown;
  editable: boolean;
  wide?: boolean;
}

// Reading comes first: the inputs are loaded with the first edit.
const FieldInput = lazy(() => import('../form/field-input.tsx').then((module) => ({ default: module.FieldInput })));

const kept = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** A field as words; its pencil turns it into its input, in place. */
export function EditableField({ definition, read, name, field, value, editable, wide = false }: EditableFieldProps) {
  const [draft, setDraft] = useState<unknown>(undefined);
  const [editing, setEditing] = useState(false);
  const save = useEdit(definition, read.record.id);
  const pencil = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const begin = () => {
    setDraft((before: unknown) => (save.isError ? before : value));
    save.reset();
    setEditing(true);
  };
  const finish = () => {
    close();
    if (JSON.stringify(draft ?? null) !== JSON.stringify(value ?? null))
      save.mutate({
        name,
        label: field.label,
        value: draft === '' ? null : draft,
        before: value,
        expectedVersion: read.record.version,
      });
  };
  const handleKey = (press: KeyboardEvent) => {
    const inText =
      press.target instanceof HTMLTextAreaElement ||
      (press.target instanceof HTMLElement && press.target.getAttribute('role') === 'combobox');
    if (press.key === 'Escape') close();
    else if (
      press.key === 'Enter' &&
      (press.ctrlKey || press.metaKey || (!inText && press.target instanceof HTMLInputElement))
    )
      finish();
    else return;
    press.preventDefault();
    press.stopPropagation();
  };
  return (
    <div className={styles.field} data-wide={wide}>
      <dt>{field.label}</dt>
      <dd>
        {editing ? (
          <div className={styles.editing} onKeyDown={handleKey} role="group" aria-label={`Edit ${field.label}`}>
            <Suspense>
              <FieldInput bare autoFocus name={name} field={field} value={draft} onChange={setDraft} />
            </Suspense>
            <div className={styles.editingFoot}>
              <Button size="compact-sm" onClick={finish}>
                Save
              </Button>
              <Button size="compact-sm" variant="default" onClick={close}>
                Cancel
              </Button>
              {field.help && <span className="quiet small">{field.help}</span>}
            </div>
          </div>
        ) : (
          <div className={styles.value} data-saving={save.isPending}>
            <div className={styles.valueWords}>
              <FieldValue field={field} value={save.isPending ? draft : value} names={read.names} />
            </div>
            {editable && (
              <ActionIcon
                ref={pencil}
                size={24}
                className={styles.pencil}
                aria-label={`Edit ${field.label}`}
                onClick={begin}
              >
                <IconPencil size={14} aria-hidden />
              </ActionIcon>
            )}
          </div>
        )}
        {save.isError && !editing && (
          <div className={styles.refused}>
            <Reasons refusals={reasonsOf(save.error)} title="Not saved" />
            <p className="small">
              You had typed: <q>{kept(draft)}</q>
            </p>
            <div className={styles.editingFoot}>
              <Button size="compact-sm" variant="default" onClick={begin}>
                Go on editing
              </Button>
              <Button size="compact-sm" variant="subtle" onClick={() => save.reset()}>
                Leave it
              </Button>
            </div>
          </div>
        )}
      </dd>
    </div>
  );
}
