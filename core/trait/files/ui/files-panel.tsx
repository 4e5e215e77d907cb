// The files of a record, and a place to give more: dropped, or chosen.
import { Button, FileButton, Progress, SegmentedControl } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useFiles, useFilesPath } from '../../../ui/files/record-files.ts';
import type { FileShown } from '../../../ui/files/record-files.ts';
import { useMe } from '../../../ui/queries.ts';
import type { PanelProps } from '../../../ui/registry.ts';
import { Reasons, RefusedPlace, Waiting } from '../../../ui/states.tsx';
import { FileRow } from './file-row.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { useUploads } from './use-uploads.ts';
import type { Given, Upload } from './use-uploads.ts';
import styles from './files.module.css';

function OnItsWay({ upload: { name, share, refusals, cancel } }: { upload: Upload }) {
  const isRefused = refusals.length > 0;
  return (
    <li className={styles.upload}>
      <span className={styles.name}>{name}</span>
      {isRefused ? (
        <Reasons refusals={refusals} title="Not added" />
      ) : (
        <Progress value={share * 100} size="sm" aria-label={`${name} on its way`} />
      )}
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`${isRefused ? 'Dismiss' : 'Cancel'} ${name}`}
        onClick={cancel}
      >
        {isRefused ? 'Dismiss' : 'Cancel'}
      </Button>
    </li>
  );
}

interface PlaceProps {
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
}

/** Where files may be dropped. */
function DropPlace({ onFiles, children }: PlaceProps) {
  const [isOver, setOver] = useState(false);
  const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');
  const handleOver = (drag: DragEvent) => {
    if (!holdsFiles(drag)) return;
    drag.preventDefault();
    setOver(true);
  };
  const handleDrop = (drag: DragEvent) => {
    if (!holdsFiles(drag)) return;
    drag.preventDefault();
    setOver(false);
    onFiles([...drag.dataTransfer.files]);
  };
  return (
    <div
      className={styles.place}
      data-over={isOver}
      onDragEnter={handleOver}
      onDragOver={handleOver}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
    >
      {children}
    </div>
  );
}

function Give({ path, id }: Given) {
  const me = useMe();
  const mayBeInternal = me.data?.grants.some(({ side }) => side === 'P') ?? false;
  const [audience, setAudience] = useState('public');
  const { uploads, add } = useUploads({ path, id });
  const reset = useRef<() => void>(null);
  const handleFiles = (files: readonly File[]) => {
    add(files, audience);
    reset.current?.();
  };
  return (
    <DropPlace onFiles={handleFiles}>
      {uploads.length > 0 && (
        <ul className={styles.list} aria-label="Files on their way">
          {uploads.map((each) => (
            <OnItsWay key={each.key} upload={each} />
          ))}
        </ul>
      )}
      <div className={styles.give}>
        <FileButton multiple onChange={handleFiles} resetRef={reset}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={14} aria-hidden />}>
              Add files
            </Button>
          )}
        </FileButton>
        <span className="quiet small">or drop them here</span>
        {mayBeInternal && (
          <SegmentedControl
            className={styles.audience ?? ''}
            size="xs"
            aria-label="Who sees the file"
            value={audience}
            onChange={setAudience}
            data={[
              { value: 'public', label: 'Public' },
              { value: 'internal', label: 'Internal' },
            ]}
          />
        )}
      </div>
    </DropPlace>
  );
}

export function Panel({ read, asOf }: PanelProps) {
  const { id } = read.record;
  const path = useFilesPath(read.record) ?? '';
  const me = useMe();
  const files = useFiles(read.record);
  const [removing, setRemoving] = useState<FileShown | null>(null);
  if (files.isPending) return <Waiting what="Loading the files" lines={2} />;
  if (files.isError) return <RefusedPlace error={files.error} again={() => files.refetch()} />;
  const { items, names } = files.data;
  const shown = asOf ? items.filter(({ at }) => at <= asOf) : items;
  const isProviders = me.data?.grants.some(({ side }) => side === 'P') ?? false;
  const mayRemove = ({ gone, isEvidence, by }: FileShown) =>
    !asOf && !gone && !isEvidence && (isProviders || by === me.data?.person.id);
  return (
    <>
      {shown.length === 0 && <p className="quiet small">No file was given yet.</p>}
      <ul className={styles.list}>
        {shown.map((file) => (
          <FileRow
            key={file.id}
            file={file}
            names={names}
            href={`/api/v1${path}/${file.id}`}
            onRemove={mayRemove(file) ? () => setRemoving(file) : undefined}
          />
        ))}
      </ul>
      {!asOf && <Give path={path} id={id} />}
      {removing && <RemoveDialog file={removing} path={path} id={id} onClose={() => setRemoving(null)} />}
    </>
  );
}
