import type { RecordDefinition, StageName } from '../../core/record/define/define.ts';
import { choice, integer, list, longText, person, reference, text } from '../../core/record/define/fields.ts';
import type { FieldName, Fields } from '../../core/record/define/fields.ts';
import type { Role } from '../../core/permission/role.ts';
import { handOverLifecycle } from './lifecycle.ts';

/** What differs from one kind of hand-over to the next, as data; the rest is the same for all. */
export interface HandOverWords<F extends Fields = Fields, N extends string = string> {
  /** Such as `service-package-hand-over`: the record handed over has the plain name. */
  type: string;
  prefix: string;
  path: string;
  /** In the schema `handover`. */
  table: string;
  label: string;
  plural: string;
  purpose: string;
  from: StageName;
  /** The one stage that receives it; `any`: each says which. */
  to: StageName | 'any';
  /** The type of the record handed over. */
  subject: string;
  /** Fields that part what is handed over of one subject: each of their values has editions of its own (a month, a customer). */
  series?: readonly N[];
  /** Roles that may withdraw it: those of the offering side. */
  offers: readonly Role[];
  /** Roles that may accept or return it: those of the receiving side. */
  accepts: readonly Role[];
  /** What is passed on, by the part it plays. */
  parts: Readonly<Record<string, Part>>;
  /** Acceptance rules beside the common ones; their checks come with `handOver` (commands.ts). */
  rules?: readonly string[];
  /** Further fields, all `derived`: they are filled when it is offered. */
  fields: F;
  columns?: readonly N[];
}

/** A kind of hand-over, with the record type made of it. */
export interface HandOverKind<F extends Fields = Fields> extends HandOverWords<F> {
  definition: HandOverRecord<F>;
}

/** What every hand-over has, whatever its kind adds. */
export type HandOverFields = ReturnType<typeof head> & ReturnType<typeof tail>;
export type HandOverRecord<F extends Fields = Fields> = RecordDefinition<
  HandOverFields & F,
  ReturnType<typeof handOverLifecycle>
>;

export interface Part {
  /** As many as this must be there before it can be accepted; usually 0 or 1. */
  least: number;
  /** The receiver or others work on it further from the start: it stands here as it was, and may since have been edited. */
  goesOn?: true;
}

/** One line of the manifest: a record as it stood when it was offered. */
export interface ManifestItem {
  role: string;
  id: string;
  ref: string;
  type: string;
  version: number;
  contentHash: string;
  title: string;
}

/** Declares a kind of hand-over and makes its record type. */
export function defineHandOver<const F extends Fields, N extends FieldName<F>>(
  words: HandOverWords<F, N>,
): HandOverKind<F> {
  return { ...words, definition: recordOf(words) };
}

function recordOf<F extends Fields, N extends FieldName<F>>(kind: HandOverWords<F, N>): HandOverRecord<F> {
  const { type, prefix, path, table, label, plural, purpose, from: stage } = kind;
  return {
    type,
    prefix,
    stage,
    path,
    table,
    label,
    plural,
    purpose,
    layout: 'document',
    lifecycle: handOverLifecycle(kind),
    fields: { ...head(kind.subject), ...kind.fields, ...tail() },
    columns: ['subject', 'edition', ...(kind.columns ?? [])],
    filters: ['subject'],
    search: ['note'],
  };
}

const head = (subject: string) => ({
  subject: reference({ label: 'What is handed over', types: [subject], derived: true }),
  edition: integer({ label: 'Edition', derived: true, min: 1 }),
});

const tail = () => ({
  note: longText({ label: 'Note', derived: true, max: 4000 }),
  contents: list({
    label: 'Manifest',
    derived: true,
    most: 1000,
    items: {
      role: text({ label: 'Part', required: true, max: 40 }),
      id: text({ label: 'Record', required: true, max: 36 }),
      ref: text({ label: 'Number', required: true, max: 40 }),
      type: text({ label: 'Type', required: true, max: 40 }),
      version: integer({ label: 'Version', required: true }),
      contentHash: text({ label: 'Hash of its content', required: true, max: 64 }),
      title: text({ label: 'Title', required: true, max: 300 }),
    },
  }),
  // What is answered leaves the hash alone: the same content that was offered is accepted or returned.
  findings: list({
    label: 'Findings',
    unhashed: true,
    items: {
      itemRef: text({ label: 'On what', required: true, max: 60, help: 'A number of the manifest, such as CMP-3.' }),
      severity: choice({ label: 'Severity', required: true, options: { must: 'Must', should: 'Should' } }),
      text: longText({ label: 'Finding', required: true, max: 2000 }),
    },
  }),
  answeredBy: person({ label: 'Answered by', derived: true, unhashed: true }),
});
