// What was said on a record, and a box to say more: to everybody, or among the provider's people.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLock, IconUsers } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { reasonsOf, writeInTime } from '../../../ui/api.ts';
import { reachable } from '../../../ui/connection.ts';
import type { Names } from '../../../ui/contract.ts';
import { DraftNote } from '../../../ui/draft-note.tsx';
import { say } from '../../../ui/notice.tsx';
import { useAnswer } from '../../../ui/queries.ts';
import { useDefinition } from '../../../ui/registry.ts';
import type { PanelProps, Said as Saying } from '../../../ui/registry.ts';
import { Reasons, RefusedPlace, Waiting } from '../../../ui/states.tsx';
import { useStore } from '../../../ui/store.ts';
import { useDraft } from '../../../ui/use-draft.ts';
import { When } from '../../../ui/when.tsx';
import { NoteInput } from './note-input.tsx';
import { useReaders } from './use-readers.ts';
import type { Readers } from './use-readers.ts';
import styles from './notes.module.css';
import { lookup } from '../../../names/lookup.ts';

type Audience = Saying['audience'];
interface Note {
  id: string;
  audience: Audience;
  author: string;
  at: string;
  text: string | null;
}
interface NotesReply {
  items: Note[];
  names: Names;
}

const audiences: Readonly<Record<Audience, string>> = lookup({ public: 'Public', internal: 'Internal' });

function Said({ note, names }: { note: Note; names: Names }) {
  const Icon = note.audience === 'internal' ? IconLock : IconUsers;
  return (
    <li className={styles.note} data-audience={note.audience}>
      <div className={styles.by}>
        <strong>{names[note.author] ?? 'Somebody'}</strong>
        <span className={styles.audience}>
          <Icon size={12} aria-hidden /> {audiences[note.audience]}
        </span>
        <span className="quiet small">
          <When at={note.at} />
        </span>
      </div>
      {note.text === null ? <p className="quiet">This text was erased.</p> : <p className={styles.text}>{note.text}</p>}
    </li>
  );
}

interface SayProps {
  id: string;
  /** Of the record type: incidents. */
  path: string;
  readers: Readers;
}

function Say({ id, path, readers }: SayProps) {
  const client = useQueryClient();
  // Whom one writes to stays as one chose it: a second internal note must not be public because the first was sent.
  const [to, setTo] = useState<Audience>('public');
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft, { clear, restored }] = useDraft<Saying>(`note.${id}`, { audience: to, text: '' });
  const add = useMutation({
    mutationKey: ['edit', id, 'note'],
    mutationFn: (note: Saying) => writeInTime('POST', `/${path}/${id}/notes`, note),
    onSuccess: (_reply, note) => {
      void client.invalidateQueries({ queryKey: ['notes', id] });
      setTo(note.audience);
      clear();
      box.current?.focus();
      say(
        note.audience === 'public'
          ? `Note added${readers.hasCustomer ? '; the customer sees it' : ''}.`
          : 'Internal note added.',
      );
    },
  });
  const alive = useStore(reachable);
  const ready = !add.isPending && draft.text.trim() !== '';
  const handleAudience = (audience: Audience) => {
    setTo(audience);
    if (draft.text !== '') setDraft({ ...draft, audience });
  };
  const handleKey = (press: KeyboardEvent) => {
    if (press.key === 'Enter' && (press.ctrlKey || press.metaKey) && ready) add.mutate(draft);
  };
  return (
    <form
      className={styles.say}
      onSubmit={(press) => {
        press.preventDefault();
        if (ready) add.mutate(draft);
      }}
    >
      <NoteInput
        box={box}
        note={draft}
        readers={readers}
        readOnly={add.isPending}
        onText={(text) => setDraft({ ...draft, text })}
        onAudience={handleAudience}
        onKeyDown={handleKey}
        action={
          <Button type="submit" variant="default" disabled={!ready} loading={add.isPending}>
            Add {draft.audience} note
          </Button>
        }
      >
        <DraftNote shown={restored && !add.isPending} onDiscard={clear} />
        {add.isPending && !alive && (
          <p className="small quiet" role="status">
            Waits for the server, not added yet. It is sent by itself when the server answers.
          </p>
        )}
        {add.isError && <Reasons refusals={reasonsOf(add.error)} title="Not added" />}
      </NoteInput>
    </form>
  );
}

export function Panel({ read, asOf }: PanelProps) {
  const { id, type } = read.record;
  const path = useDefinition(type)?.path ?? '';
  const readers = useReaders(read);
  const notes = useAnswer<NotesReply>(['notes', id], `/${path}/${id}/notes`, { live: true });
  if (notes.isPending) return <Waiting what="Loading the notes" lines={2} />;
  if (notes.isError) return <RefusedPlace error={notes.error} again={() => notes.refetch()} />;
  const { items, names } = notes.data;
  const shown = asOf ? items.filter(({ at }) => at <= asOf) : items;
  return (
    <>
      {shown.length === 0 && <p className="quiet small">Nobody has written a note yet.</p>}
      <ul className={styles.notes}>
        {shown.map((note) => (
          <Said key={note.id} note={note} names={names} />
        ))}
      </ul>
      {!asOf && <Say id={id} path={path} readers={readers} />}
    </>
  );
}
