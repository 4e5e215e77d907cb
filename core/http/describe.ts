// What the operations of every record type do, in sentences made from its definition.
import { asked } from '../lifecycle/lifecycle.ts';
import { needsReason } from '../lifecycle/lifecycle.ts';
import type { Move } from '../lifecycle/lifecycle.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import type { ServerRecord } from '../record/define/work.ts';
import { withArticle } from '../refusal/article.ts';

const sentences = (...parts: readonly (string | false)[]): string => parts.filter(Boolean).join(' ');
const either = (words: readonly string[]): string => words.join(' or ');
const both = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export const listsOf = ({ plural, filters = [] }: RecordDefinition): string =>
  sentences(
    `Lists the ${small(plural)} that you may see, newest first unless \`sort\` says otherwise, page by page: \`nextCursor\` asks for the next.`,
    filters.length > 0 && `May be filtered by ${both([...filters, 'state', 'owner', 'customer'])}.`,
  );

export const readsOf = ({ label }: RecordDefinition): string =>
  `Answers with ${withArticle(label)} by its id or reference: its fields, links and decisions, and each move with what it asks for, or why you may not make it now. With \`asOf\` it is told as it stood then.`;

export const editsOf = (record: ServerRecord): string => {
  const { label, lifecycle } = record.definition;
  const open = Object.values(lifecycle.states).filter(({ editable }) => editable);
  return sentences(
    `Alters the fields that are given, and leaves the others.`,
    open.length > 0 && `Possible while it is ${either(open.map((state) => small(state.label)))}.`,
    rulesIn(record, lifecycle.edit.rules),
    `Send the version that you read; answers with the ${small(label)} as it then stands.`,
  );
};

const rulesIn = ({ rules }: ServerRecord, names: readonly string[] = []): string =>
  names.length ? `It must hold: ${names.map((name) => small(rules[name]?.sentence ?? name)).join(' ')}` : '';

export function createsOf(record: ServerRecord): string {
  const { definition } = record;
  const first = definition.lifecycle.states[definition.lifecycle.initial]?.label ?? '';
  return sentences(
    `Makes ${withArticle(definition.label)}, which begins as "${first}".`,
    definition.purpose,
    rulesIn(record, definition.lifecycle.create.rules),
    'Answers with it and with the moves open to you.',
  );
}

/** What a move does, asks for and demands. */
export function movesOf(record: ServerRecord, name: string, move: Move): string {
  const { label, lifecycle, fields } = record.definition;
  const word = (state: string): string => `"${lifecycle.states[state]?.label ?? state}"`;
  const named = asked(move).map(({ field, required }) => {
    const what = small(fields[field]?.label ?? field);
    return required ? what : `${what} (may stay empty)`;
  });
  return sentences(
    move.to === 'same'
      ? `Leaves ${withArticle(label)} that is ${either(move.from.map(word))} in its state (\`${name}\`).`
      : `Moves ${withArticle(label)} from ${either(move.from.map(word))} to ${word(move.to)}.`,
    named.length > 0 && `Asks for ${both(named)}.`,
    needsReason(move) && 'Needs a reason.',
    rulesIn(record, move.rules),
    `Answers with the ${small(label)} as it then stands.`,
  );
}

export const itemsOf = ({ label }: RecordDefinition): string =>
  `Writes one item of the checklist of ${withArticle(label)}, sets it aside with a reason, or accepts or rejects what was written, as one of its consumers. Answers with the ${small(label)} as it then stands.`;
