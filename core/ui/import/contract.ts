import type { z } from 'zod';
import type { Mapping } from '../../import/mapping.ts';
import type { lookView, previewView, rejectsView, runAnswer, runsView, uploadView } from '../../import/views.ts';

export type { ColumnRule, Mapping, StateMeaning } from '../../import/mapping.ts';
export type Upload = z.infer<typeof uploadView>;
export type Look = z.infer<typeof lookView>;
export type LookedColumn = Look['columns'][number];
export type Preview = z.infer<typeof previewView>;
export type RunReply = z.infer<typeof runAnswer>;
export type Run = RunReply['import'];
export type RunsReply = z.infer<typeof runsView>;
export type RejectsReply = z.infer<typeof rejectsView>;

/** All that an import is started with, as it is made on the screen. */
export interface Wanted {
  upload: { id: string; name: string } | null;
  type: string;
  mapping: Mapping;
  given: Readonly<Record<string, string>>;
  customer: string | null;
}
