import { ActionIcon } from '@mantine/core';
import { IconFile, IconLock, IconPhoto, IconTrash } from '@tabler/icons-react';
import type { Names } from '../../../ui/contract.ts';
import { formatBytes } from '../../../ui/format.ts';
import { When } from '../../../ui/when.tsx';
import { isPicture } from '../rules.ts';
import type { FileShown } from '../../../ui/files/record-files.ts';
import styles from './files.module.css';

interface FileRowProps {
  file: FileShown;
  /** Where its bytes are read. */
  href: string;
  names: Names;
  onRemove: (() => void) | undefined;
}

/** What became of a file whose bytes are not there any more. */
function Gone({ gone, names }: { gone: NonNullable<FileShown['gone']>; names: Names }) {
  return (
    <>
      {gone.how === 'removed' ? `removed by ${names[gone.by] ?? 'somebody'}` : 'erased with its giver'}{' '}
      <When at={gone.at} />
    </>
  );
}

/** What a file's bytes are, where that is not what its giver said. */
function contradiction({ kind, declared }: FileShown): string | undefined {
  if (!kind || !declared || kind === declared || declared === 'application/octet-stream') return undefined;
  // Documents of offices are archives too, and text has no bytes to know it by.
  const isWrapped = kind === 'application/zip' || kind === 'application/x-cfb' || kind === 'application/xml';
  return isWrapped ? undefined : `given as ${declared}, is ${kind}`;
}

export function FileRow({ file, href, names, onRemove }: FileRowProps) {
  const { name, size, audience, gone, isEvidence } = file;
  const Icon = isPicture(file.kind) ? IconPhoto : IconFile;
  const otherwise = contradiction(file);
  return (
    <li className={styles.file} data-gone={gone !== null}>
      {!gone && isPicture(file.kind) ? (
        <img className={styles.picture} src={href} alt="" loading="lazy" />
      ) : (
        <span className={styles.sign}>
          <Icon size={18} aria-hidden />
        </span>
      )}
      <div className={styles.about}>
        {gone ? (
          <span className={styles.name}>{name ?? 'A file whose name was erased'}</span>
        ) : (
          <a className={styles.name} href={href} download={name ?? ''}>
            {name ?? 'A file whose name was erased'}
          </a>
        )}
        <span className="quiet small">
          {formatBytes(size)}, {names[file.by] ?? 'somebody'} <When at={file.at} />
          {gone && (
            <>
              , <Gone gone={gone} names={names} />
            </>
          )}
        </span>
        {(audience === 'internal' || isEvidence || otherwise) && (
          <span className={styles.marks}>
            {audience === 'internal' && (
              <span>
                <IconLock size={12} aria-hidden /> Internal
              </span>
            )}
            {isEvidence && <span>Evidence rests on it</span>}
            {otherwise && <span className={styles.otherwise}>{otherwise}</span>}
          </span>
        )}
      </div>
      {onRemove && (
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name ?? 'this file'}`} onClick={onRemove}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}
