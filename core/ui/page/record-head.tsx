import { ActionIcon, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconCalendarTime, IconCheck, IconPencil } from '@tabler/icons-react';
import { useRef } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import { text } from '../../record/define/fields.ts';
import { reachable } from '../connection.ts';
import type { RecordRead } from '../contract.ts';
import { Go, useSearch } from '../go.tsx';
import { textOf, toLocalInput } from '../form/values.ts';
import { StageMark, stageLabels } from '../stage.tsx';
import { useStore } from '../store.ts';
import { StateWord } from '../tone.tsx';
import { EditState } from './edit-state.tsx';
import { StatesDrawn } from './lifecycle-bar.tsx';
import { Moves } from './moves.tsx';
import styles from './page.module.css';
import { useFieldEdit } from './use-field-edit.ts';

/** Shows the page as it was at a moment; the moment stands in the address. */
export function AsOfPicker() {
  const [search, edit] = useSearch();
  const asOf = search.get('asOf');
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Tooltip label="As of a date">
          <ActionIcon aria-label="Show as of a date">
            <IconCalendarTime size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="As of">
        <TextInput
          type="datetime-local"
          label="Show as it was at"
          data-autofocus
          value={asOf ? toLocalInput(asOf) : ''}
          onChange={(choice) =>
            choice.currentTarget.value &&
            edit({ asOf: new Date(choice.currentTarget.value).toISOString() }, { push: true })
          }
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function EditableTitle({
  definition,
  read,
  editable,
}: {
  definition: RecordDefinition;
  read: RecordRead;
  editable: boolean;
}) {
  const { record } = read;
  const opener = useRef<HTMLButtonElement>(null);
  const titleField = text({ label: definition.titleLabel ?? 'Title' });
  const edit = useFieldEdit(definition, read, { opener, name: 'title', label: titleField.label, value: record.title });
  const alive = useStore(reachable);
  return (
    <>
      <div className={styles.titleLine}>
        <h1 className={edit.editing ? 'visually-hidden' : undefined}>
          {edit.pending && alive ? textOf(edit.shown) : record.title}
        </h1>
        {edit.editing && (
          <form
            className={styles.titleForm}
            onSubmit={(press) => {
              press.preventDefault();
              if (textOf(edit.shown).trim() === '') edit.discard();
              else edit.finish();
            }}
            onKeyDown={(press) => press.key === 'Escape' && edit.leave()}
          >
            <TextInput
              aria-label={titleField.label}
              autoFocus
              maxLength={200}
              value={textOf(edit.shown)}
              description={edit.meanwhile ? `Meanwhile altered by somebody else to: ${record.title}` : undefined}
              onChange={(typing) => edit.type(typing.currentTarget.value)}
              size="md"
              style={{ flex: 1 }}
            />
            <ActionIcon type="submit" aria-label="Save the title">
              <IconCheck size={16} aria-hidden />
            </ActionIcon>
          </form>
        )}
        {editable && !edit.editing && (
          <ActionIcon
            ref={opener}
            size={24}
            aria-label="Edit Title"
            aria-disabled={edit.pending}
            onClick={edit.pending ? undefined : edit.begin}
            className={styles.pencil}
          >
            <IconPencil size={14} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <EditState edit={edit} field={titleField} names={read.names} />
    </>
  );
}

/** Where the record belongs, what it is called, how it stands, what can be done. */
export function RecordHead({
  definition,
  read,
  editable,
  small = false,
}: {
  definition: RecordDefinition;
  read: RecordRead;
  editable: boolean;
  small?: boolean;
}) {
  const { record } = read;
  return (
    <div className={styles.head}>
      <div className={styles.crumbs}>
        <Go to={`/stages/${definition.stage}`}>
          <StageMark stage={definition.stage} size={12} silent /> {stageLabels[definition.stage]}
        </Go>
        <span aria-hidden>/</span>
        <Go to={`/${definition.path}`}>{definition.plural}</Go>
        <span aria-hidden>/</span>
        <span className={styles.ref}>{record.ref}</span>
        <StateWord lifecycle={definition.lifecycle} state={record.state} boxed />
        <span className={styles.space} />
        {!small && <AsOfPicker />}
      </div>
      <div className={styles.titleRow}>
        <div className={styles.titlePlace}>
          {small ? (
            <h2 className={styles.smallTitle}>
              <Go to={`/${definition.path}/${record.ref}`}>{record.title}</Go>
            </h2>
          ) : (
            <EditableTitle definition={definition} read={read} editable={editable} />
          )}
        </div>
        <Moves definition={definition} read={read} />
      </div>
      {!small && <StatesDrawn definition={definition} state={record.state} />}
    </div>
  );
}
