import { ActionIcon, Button, Input } from '@mantine/core';
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FieldInputProps } from './input-props.ts';
import styles from './form.module.css';
import { type FormValues, rowsOf } from './values.ts';

/** Rows of a list field: add, take away, move up; each with the inputs of its own fields. */
export function ListInput({
  name,
  field,
  value,
  onChange,
  error,
  bare,
  required,
  input: FieldInput,
}: FieldInputProps & {
  /** What draws a row's field: handed in, because a row may hold any kind. */ input: (
    props: FieldInputProps,
  ) => ReactNode;
}) {
  if (field.kind !== 'list') return null;
  const rows = rowsOf(value);
  const edit = (index: number, patch: FormValues) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...patch } : row)));
  const moveUp = (index: number) => onChange(rows.toSpliced(index, 1).toSpliced(index - 1, 0, rows[index] ?? {}));
  return (
    <Input.Wrapper
      labelElement="div"
      {...(bare ? {} : { label: field.label, description: field.help })}
      error={error}
      withAsterisk={required ?? false}
    >
      <div className={styles.rows} role="group" aria-label={field.label}>
        {rows.map((row, index) => (
          <div key={index} className={styles.listRow}>
            <div className={styles.listFields}>
              {Object.entries(field.items).map(([part, item]) => (
                <FieldInput
                  key={part}
                  name={`${name}.${index}.${part}`}
                  field={item}
                  value={row[part]}
                  required={item.required ?? false}
                  onChange={(next) => edit(index, { [part]: next })}
                />
              ))}
            </div>
            <div className={styles.listTools}>
              {rows.length > 1 && (
                <ActionIcon
                  aria-label={`Move row ${index + 1} up`}
                  disabled={index === 0}
                  onClick={() => moveUp(index)}
                >
                  <IconArrowUp size={14} aria-hidden />
                </ActionIcon>
              )}
              <ActionIcon aria-label={`Take row ${index + 1} away`} onClick={() => onChange(rows.toSpliced(index, 1))}>
                <IconTrash size={14} aria-hidden />
              </ActionIcon>
            </div>
          </div>
        ))}
        {rows.length < field.most && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={() => onChange([...rows, {}])}
          >
            Add a row
          </Button>
        )}
      </div>
    </Input.Wrapper>
  );
}
