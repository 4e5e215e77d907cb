import { newKey, queryOf } from '../api.ts';
import { upload } from '../upload.ts';
import type { FileShown } from './record-files.ts';

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
