// The files of a record, and a place to give more: dropped, or chosen.
import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useFiles, useFilesPath } from '../../../ui/files/record-files.ts';
import type { FileShown } from '../../../ui/files/record-files.ts';
import { useMe } from '../../../ui/queries.ts';
import type { PanelProps } from '../../../ui/registry.ts';
import { RefusedPlace, Waiting } from '../../../ui/states.tsx';
import { loadedPart } from '../../../ui/loaded-part.tsx';
import { FileRow } from './file-row.tsx';
import { useUploads } from './use-uploads.ts';
import type { Given } from './use-uploads.ts';
import styles from './files.module.css';

// Most who read a page remove nothing there.
const OnTheirWay = loadedPart('files on their way', async () => (await import('./on-their-way.tsx')).OnTheirWay);
const RemoveDialog = loadedPart('remove file', async () => (await import('./remove-dialog.tsx')).RemoveDialog);

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
  const [isInternal, setInternal] = useState(false);
  const { uploads, add } = useUploads({ path, id });
  const reset = useRef<() => void>(null);
  const handleFiles = (files: readonly File[]) => {
    add(files, isInternal ? 'internal' : 'public');
    reset.current?.();
  };
  return (
    <DropPlace onFiles={handleFiles}>
      {uploads.length > 0 && <OnTheirWay uploads={uploads} />}
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
          <label className={styles.audience}>
            <input
              type="checkbox"
              checked={isInternal}
              onChange={(press) => setInternal(press.currentTarget.checked)}
            />
            Internal: customers do not see it
          </label>
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
