// What is imported: the record type, the file, and what every record of it gets alike.
import { Button, FileButton, NativeSelect, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { RecordDefinition } from '../../record/define/define.ts';
import { queryOf, reasonsOf } from '../api.ts';
import { RecordPicker } from '../form/record-picker.tsx';
import { Reasons } from '../states.tsx';
import { upload } from '../upload.ts';
import type { Upload, Wanted } from './contract.ts';
import { blank, givenFields, without } from './wanted.ts';
import styles from './import.module.css';

function useSending(onSent: (sent: Wanted['upload']) => void) {
  const [share, setShare] = useState(0);
  const breaking = useRef(new AbortController());
  useEffect(() => () => breaking.current.abort(), []);
  const send = useMutation({
    mutationFn: (file: File) => {
      setShare(0);
      breaking.current.abort();
      breaking.current = new AbortController();
      const { signal } = breaking.current;
      const path = `/import-uploads${queryOf({ name: file.name })}`;
      return upload<Upload>(path, file, { signal, onProgress: setShare });
    },
    onSuccess: ({ id, name }) => onSent({ id, name }),
  });
  return { send, share };
}

function FilePlace({ wanted, onSent }: { wanted: Wanted; onSent: (sent: Wanted['upload']) => void }) {
  const { send, share } = useSending(onSent);
  const [isOver, setOver] = useState(false);
  const handleDrag = (drag: DragEvent) => {
    if (!drag.dataTransfer.types.includes('Files')) return;
    drag.preventDefault();
    setOver(true);
  };
  const handleDrop = (drag: DragEvent) => {
    const [file] = drag.dataTransfer.files;
    if (!file) return;
    drag.preventDefault();
    setOver(false);
    send.mutate(file);
  };
  return (
    <div
      className={styles.place}
      data-over={isOver}
      onDragEnter={handleDrag}
      onDragOver={handleDrag}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
    >
      <FileButton onChange={(file) => file && send.mutate(file)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload size={14} aria-hidden />}>
            {wanted.upload ? 'Choose another file' : 'Choose a file'}
          </Button>
        )}
      </FileButton>
      <span className={wanted.upload ? undefined : 'quiet small'}>
        {wanted.upload?.name ?? 'or drop it here: CSV, plain or packed by gzip or xz'}
      </span>
      {send.isPending && <Progress className={styles.wide ?? ''} value={share * 100} aria-label="File on its way" />}
      {send.isError && <Reasons refusals={reasonsOf(send.error)} title="Not taken" />}
    </div>
  );
}

interface FileStepProps {
  types: readonly RecordDefinition[];
  definition: RecordDefinition;
  wanted: Wanted;
  onEdit: (patch: Partial<Wanted>) => void;
}

export function FileStep({ types, definition, wanted, onEdit }: FileStepProps) {
  const give = (name: string, id: string | null) =>
    onEdit({ given: id === null ? without(wanted.given, name) : { ...wanted.given, [name]: id } });
  return (
    <section aria-labelledby="what" className={styles.section}>
      <h2 id="what">What comes in</h2>
      <FilePlace wanted={wanted} onSent={(sent) => onEdit({ upload: sent })} />
      <div className={styles.fields}>
        <NativeSelect
          size="xs"
          label="Its rows become"
          value={wanted.type}
          // Another type has other fields: what was mapped is not its own.
          onChange={(choice) => onEdit({ type: choice.currentTarget.value, mapping: blank.mapping, given: {} })}
          data={types.map(({ type, plural }) => ({ value: type, label: plural }))}
        />
        <RecordPicker
          label="Customer of all of them"
          types={['customer']}
          value={wanted.customer}
          onChange={(customer) => onEdit({ customer })}
        />
        {givenFields(definition).map(({ name, field }) => (
          <RecordPicker
            key={name}
            label={`${field.label} of all of them`}
            types={field.types}
            value={wanted.given[name] ?? null}
            onChange={(id) => give(name, id)}
          />
        ))}
      </div>
    </section>
  );
}
