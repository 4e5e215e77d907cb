import type { z } from 'zod';
import type { fileView } from '../../trait/files/views.ts';
import type { Header, Names } from '../contract.ts';
import { useAnswer } from '../queries.ts';
import { useDefinition } from '../registry.ts';

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
