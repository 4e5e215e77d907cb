import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Source } from './bytes.ts';

/** A file of this machine. Refuses by `stop` where there is none. */
export function fileSource(path: string): Source {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile())
    return stop(refuse('invalid', refusal('import.no-file', `There is no file ${path}.`, 'Check the path.')));
  return {
    name: basename(path),
    size: found.size,
    open: () => createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>, // without an encoding it gives bytes
  };
}

/** By which the same file is known again, whatever its name. */
export async function hashOf(source: Source): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of source.open()) hash.update(bytes);
  return hash.digest('hex');
}
