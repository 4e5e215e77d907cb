import { useRef } from 'react';
import type { z } from 'zod';
import type { fileView } from '../../trait/files/views.ts';
import { newKey, queryOf } from '../api.ts';
import type { Header, Names } from '../contract.ts';
import { useAnswer } from '../queries.ts';
import { useDefinition } from '../registry.ts';
import { upload } from '../upload.ts';

export type FileShown = z.infer<typeof fileView>;

export interface FilesReply {
  items: FileShown[];
  names: Names;
}

/** Where a record's files are listed and given; undefined where its type holds none. */
export function useFilesPath({ type, id }: Pick<Header, 'type' | 'id'>): string | undefined {
  const definition = useDefinition(type);
  return definition?.traits?.files ? `/${definition.path}/${id}/files` : undefined;
}

/** The files of a record, with where they are read. */
export function useFiles(record: Pick<Header, 'type' | 'id'>) {
  const path = useFilesPath(record);
  return useAnswer<FilesReply>(['files', record.id], path ?? '', { live: true, enabled: path !== undefined });
}

interface Giving {
  audience?: string;
  signal?: AbortSignal;
  key?: string;
  onProgress?: (share: number) => void;
}

/** Gives a record a file. Throws ApiRefusal. */
export function giveFile(
  path: string,
  file: File,
  {
    audience = 'public',
    signal = new AbortController().signal,
    key = newKey(),
    onProgress = () => undefined,
  }: Giving = {},
): Promise<FileShown> {
  // A browser's own word for a file may carry parameters, which say nothing of its kind.
  const type = /^[\w.+-]+\/[\w.+-]+$/.exec(file.type)?.[0];
  return upload(`${path}${queryOf({ name: file.name, audience, type })}`, file, { key, signal, onProgress });
}

/**
 * Gives the file that goes with what is stated, and tells it as the statement names it. A file that is there already is not
 * given again because the statement was refused.
 */
export function useFileBefore(record: Pick<Header, 'type' | 'id'>) {
  const path = useFilesPath(record);
  const given = useRef<{ of: File; id: string }>(null);
  return async (chosen: File | null | undefined): Promise<{ file?: string }> => {
    if (!path || !chosen) return {};
    if (given.current?.of !== chosen) given.current = { of: chosen, id: (await giveFile(path, chosen)).id };
    return { file: given.current.id };
  };
}
