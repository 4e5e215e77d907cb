// What one states for an item of a checklist, returns it with, or sets it aside for.
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import { ApiRefusal, reasonsOf, write, writeInTime } from '../api.ts';
import type { ItemView, RecordRead } from '../contract.ts';
import { DraftNote } from '../draft-note.tsx';
import { FileChoice } from '../files/file-choice.tsx';
import { useFileBefore } from '../files/use-file-before.ts';
import { Reasons } from '../states.tsx';
import { useDraft } from '../use-draft.ts';
import { useKeepFocus } from '../use-keep-focus.ts';
import { When } from '../when.tsx';
import styles from './page.module.css';
import { leftOver } from './typed-item.ts';
import type { TypedItem } from './typed-item.ts';

type ItemEdit = Readonly<Record<string, unknown>> & { upload?: File };
interface ItemFormProps {
  definition: RecordDefinition;
  read: RecordRead;
  item: ItemView;
}

function useItem(definition: RecordDefinition, read: RecordRead, item: string) {
  const client = useQueryClient();
  const path = `/${definition.path}/${read.record.id}/items/${item}`;
  const fileBefore = useFileBefore(read.record);
  return useMutation({
    mutationKey: ['edit', read.record.id, `items.${item}`],
    // What is stated may wait for a server that is gone; accepting and returning is a judgement on what stands.
    mutationFn: async ({ upload, ...edit }: ItemEdit) => {
      const file = await fileBefore(upload);
      return ('statement' in edit ? writeInTime : write)<RecordRead>('PATCH', path, { ...edit, ...file });
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['record', definition.path] }),
        client.invalidateQueries({ queryKey: ['files', read.record.id] }),
      ]),
  });
}

export function ItemForm({ definition, read, item }: ItemFormProps) {
  const { id, version } = read.record;
  const place = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  useKeepFocus(place);
  const save = useItem(definition, read, item.item);
  const [chosen, setChosen] = useState<File | null>(null);
  const [typed, setTyped, { clear, restored }] = useDraft<TypedItem | null>(`item.${id}.${item.item}`, null);
  const { statement, words, version: began } = typed ?? { statement: item.statement ?? '', words: '', version };
  const type = (patch: Partial<TypedItem>) => {
    const next = { statement, words, version: began, ...patch };
    setTyped(next.statement === (item.statement ?? '') && next.words === '' ? null : next);
  };
  const keep = (edit: ItemEdit, after: RecordRead) => {
    const stands = after.checklist.find((each) => each.item === item.item)?.statement ?? null;
    const left = leftOver({ statement, words, version: began }, edit, {
      version: after.record.version,
      statement: stands,
    });
    if (left) setTyped(left);
    else clear();
    if ('upload' in edit) setChosen(null);
  };
  const send = (edit: ItemEdit, on = version) =>
    save.mutate({ expectedVersion: on, ...edit }, { onSuccess: (after) => keep(edit, after) });
  const state = (on: number) => send({ statement, ...(chosen ? { upload: chosen } : {}) }, on);
  const conflict = conflictOf(save.error, item.item);
  return (
    <div className={styles.itemForm} ref={place}>
      <DraftNote shown={restored} onDiscard={clear} />
      {item.applicable && (
        <Textarea
          ref={box}
          label="Statement"
          autosize
          minRows={2}
          maxRows={12}
          value={statement}
          onChange={(typing) => type({ statement: typing.currentTarget.value })}
        />
      )}
      {item.applicable && definition.traits?.files && (
        <FileChoice chosen={chosen} onChoose={setChosen} disabled={save.isPending} />
      )}
      <div className={styles.editingFoot}>
        {item.applicable && (
          <Button size="compact-sm" loading={save.isPending} onClick={() => state(began)}>
            Save draft
          </Button>
        )}
        {item.applicable && item.state === 'drafted' && (
          <Button size="compact-sm" variant="default" onClick={() => send({ accept: true })}>
            Accept
          </Button>
        )}
      </div>
      <SetAside item={item} words={words} onWords={(next) => type({ words: next })} onSend={send} />
      {conflict && (
        <TwoEdits
          item={item.item}
          conflict={conflict}
          onTheirs={() => {
            clear();
            save.reset();
          }}
          onMine={() => state(conflict.version)}
          onGoOn={() => {
            // It is read now: what is typed from here on rests on it.
            type({ version: conflict.version });
            save.reset();
            box.current?.focus();
          }}
        />
      )}
      {save.isError && !conflict && <Reasons refusals={reasonsOf(save.error)} title="Not saved" />}
    </div>
  );
}

interface SetAsideProps {
  item: ItemView;
  words: string;
  onWords: (words: string) => void;
  onSend: (edit: ItemEdit) => void;
}

/** Returning it, or saying that it does not apply: each with its reason. */
function SetAside({ item, words, onWords, onSend }: SetAsideProps) {
  return (
    <>
      <Textarea
        label={item.applicable ? 'Reason' : 'Why it applies after all'}
        description={item.applicable ? 'For returning it, or for why it does not apply here.' : undefined}
        autosize
        minRows={1}
        value={words}
        onChange={(typing) => onWords(typing.currentTarget.value)}
      />
      <div className={styles.editingFoot}>
        {item.applicable && item.state !== 'missing' && (
          <Button size="compact-sm" variant="default" onClick={() => onSend({ reject: words })}>
            Return it
          </Button>
        )}
        {item.applicable && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onSend({ applicable: false, notApplicableReason: words })}
          >
            Does not apply
          </Button>
        )}
        {!item.applicable && (
          <Button size="compact-sm" variant="default" onClick={() => onSend({ applicable: true })}>
            It applies
          </Button>
        )}
      </div>
    </>
  );
}

interface TwoEditsProps {
  item: string;
  conflict: NonNullable<ReturnType<typeof conflictOf>>;
  onTheirs: () => void;
  onMine: () => void;
  onGoOn: () => void;
}

function TwoEdits({ item, conflict, onTheirs, onMine, onGoOn }: TwoEditsProps) {
  return (
    <div className={styles.asked} role="group" aria-label={`Two edits of ${item}`}>
      <strong role="alert">
        {conflict.byName ?? 'Somebody'} altered this item while you were writing, <When at={conflict.at} />. Nothing is
        overwritten: theirs stands above, yours in the box.
      </strong>
      <div className={styles.editingFoot}>
        <Button size="compact-sm" variant="default" onClick={onTheirs}>
          Keep theirs
        </Button>
        <Button size="compact-sm" variant="default" onClick={onMine}>
          Save mine
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onGoOn}>
          Go on editing
        </Button>
      </div>
    </div>
  );
}

function conflictOf(error: unknown, item: string) {
  if (!(error instanceof ApiRefusal) || error.currentVersion === undefined) return null;
  const theirs = error.altered.find(({ part }) => part === `items.${item}`);
  return theirs ? { ...theirs, version: error.currentVersion } : null;
}
