import type { z } from 'zod';
import type { Names } from '../../../ui/contract.ts';
import type { fileView } from '../views.ts';

export type FileShown = z.infer<typeof fileView>;

export interface FilesReply {
  items: FileShown[];
  names: Names;
}
