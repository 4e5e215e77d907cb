import { useRef } from 'react';
import type { Header } from '../contract.ts';
import { giveFile } from './give-file.ts';
import { useFilesPath } from './record-files.ts';

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
