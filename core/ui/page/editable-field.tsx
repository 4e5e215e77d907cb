import { ActionIcon, Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, Suspense, useRef } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import type { Field } from '../../record/define/fields.ts';
import { reachable } from '../connection.ts';
import type { RecordRead } from '../contract.ts';
import { stopsAtUnreadable } from '../form/focus.ts';
import { FieldValue } from '../form/field-value.tsx';
import { useStore } from '../store.ts';
import { EditState } from './edit-state.tsx';
import styles from './page.module.css';
import { useFieldEdit } from './use-field-edit.ts';

interface EditableFieldProps {
  definition: RecordDefinition;
  read: RecordRead;
  name: string;
  field: Field;
  value: unknown;
  editable: boolean;
  /** Opens the move that alters it, where an edit does not. */
  onMove?: (() => void) | undefined;
  wide?: boolean;
}

// Reading comes first: the inputs are loaded with the first edit.
const FieldInput = lazy(() => import('../form/field-input.tsx').then((module) => ({ default: module.FieldInput })));

/** Enter saves, but in a text of lines and in a list of suggestions it means something else. */
const isSaving = ({ key, ctrlKey, metaKey, target, nativeEvent }: KeyboardEvent) =>
  key === 'Enter' &&
  !nativeEvent.isComposing &&
  (ctrlKey || metaKey || (target instanceof HTMLInputElement && target.getAttribute('role') !== 'combobox'));

/** A field as words; its pencil turns it into its input, in place. */
export function EditableField({
  definition,
  read,
  name,
  field,
  value,
  editable,
  onMove,
  wide = false,
}: EditableFieldProps) {
  const opener = useRef<HTMLButtonElement>(null);
  const edit = useFieldEdit(definition, read, { opener, name, label: field.label, value });
  const alive = useStore(reachable);
  const place = useRef<HTMLDivElement>(null);
  const handleSave = () => {
    if (!stopsAtUnreadable(place.current)) edit.finish();
  };
  const handleKey = (press: KeyboardEvent) => {
    if (press.key === 'Escape') edit.leave();
    else if (isSaving(press)) handleSave();
    else return;
    press.preventDefault();
    press.stopPropagation();
  };
  return (
    <div className={styles.field} data-wide={wide}>
      <dt>{field.label}</dt>
      <dd>
        {edit.editing ? (
          <div
            ref={place}
            className={styles.editing}
            onKeyDown={handleKey}
            role="group"
            aria-label={`Edit ${field.label}`}
          >
            {edit.meanwhile && (
              <p className="small" role="status">
                Meanwhile altered by somebody else to: <FieldValue field={field} value={value} names={read.names} />
              </p>
            )}
            <Suspense>
              <FieldInput bare autoFocus name={name} field={field} value={edit.shown} onChange={edit.type} />
            </Suspense>
            <div className={styles.editingFoot}>
              <Button size="compact-sm" onClick={handleSave}>
                Save
              </Button>
              <Button size="compact-sm" variant="default" onClick={edit.discard}>
                Cancel
              </Button>
              {field.help && <span className="quiet small">{field.help}</span>}
            </div>
          </div>
        ) : (
          <div className={styles.value} data-saving={edit.pending}>
            <div className={styles.valueWords}>
              <FieldValue
                field={field}
                value={edit.pending && alive ? edit.shown : value}
                names={read.names}
                state={read.record.state}
              />
            </div>
            {editable && (
              <ActionIcon
                ref={opener}
                size={24}
                className={styles.pencil}
                aria-label={`Edit ${field.label}`}
                aria-disabled={edit.pending}
                onClick={edit.pending ? undefined : (onMove ?? edit.begin)}
              >
                <IconPencil size={14} aria-hidden />
              </ActionIcon>
            )}
          </div>
        )}
        <EditState edit={edit} field={field} names={read.names} />
      </dd>
    </div>
  );
}
