import type { Header } from '../contract.ts';
import { useFiles, useFilesPath } from './record-files.ts';

interface StatedFileProps {
  record: Pick<Header, 'type' | 'id'>;
  /** Of the file's bytes. */
  hash: string;
  /** As it was stated, of a file that is not kept here. */
  name?: string | null;
}

/** A file that somebody stated: to be had where the record keeps it, else by the name and hash that were given. */
export function StatedFile({ record, hash, name }: StatedFileProps) {
  const path = useFilesPath(record);
  const file = useFiles(record).data?.items.find((each) => each.sha256 === hash && !each.gone);
  if (file && path)
    return (
      <a href={`/api/v1${path}/${file.id}`} download={file.name ?? ''}>
        {file.name ?? 'A file whose name was erased'}
      </a>
    );
  return (
    <span className="quiet">
      {name ?? 'A file'}, kept elsewhere: <code title={hash}>{hash.slice(0, 10)}</code>
    </span>
  );
}
