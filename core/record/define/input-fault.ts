// What is wrong with an input, in words for the person who typed it. The one place where a schema's findings become sentences.
import { z } from 'zod';
import { refusal } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { lookup } from '../../names/lookup.ts';

type Issue = z.core.$ZodIssue;

/** What a schema makes of an input, or a refusal for each finding; `whole` names an input that is wrong altogether. */
export function readInput<S extends z.ZodType>(
  schema: S,
  given: unknown,
  whole: string,
): { ok: true; data: z.output<S> } | { ok: false; faults: Refusal[] } {
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return { ok: true, data: parsed.data };
  const { issues } = parsed.error;
  const faults = issues.slice(0, most).flatMap((issue) => faultsOf(schema, issue, whole));
  return { ok: false, faults: issues.length > most ? [...faults, andMore(issues.length - most)] : faults };
}

/** So many faults are told; whoever sent more is told how many. */
const most = 20;

const andMore = (count: number): Refusal =>
  refusal(
    'input.invalid',
    `There are ${count} more faults of this kind.`,
    'Mend those that are named and send it again.',
  );

function faultsOf(schema: z.ZodType, issue: Issue, whole: string): Refusal[] {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue);
  const hint = isMissing(issue) ? 'Give it and send it again.' : 'Mend it and send it again.';
  const sentence = sentenceOf(issue, labelAt(schema, issue.path) ?? whole);
  return [refusal('input.invalid', sentence, hint, issue.path.join('.') || undefined)];
}

function unknownKeys({ keys, path }: z.core.$ZodIssueUnrecognizedKeys): Refusal[] {
  const told = keys.slice(0, 5).map((key) => {
    const name = key.length > 60 ? `${key.slice(0, 60)}…` : key;
    return refusal(
      'input.invalid',
      `There is nothing called ${name} to give here.`,
      'Leave it out and send it again.',
      [...path, name].join('.'),
    );
  });
  const more = keys.length - told.length;
  if (!more) return told;
  return [
    ...told,
    refusal(
      'input.invalid',
      `${more} more names that are given are unknown here.`,
      'Leave them out and send it again.',
    ),
  ];
}

const isMissing = (issue: Issue): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined;

function sentenceOf(issue: Issue, label: string): string {
  if (isMissing(issue)) return `${label} is needed.`;
  switch (issue.code) {
    case 'invalid_type':
      return `${label} is no ${nouns[issue.expected] ?? issue.expected}.`;
    case 'too_big':
      return tooBig(issue, label);
    case 'too_small':
      return tooSmall(issue, label);
    case 'invalid_format':
      return issue.message.startsWith('Invalid')
        ? `${label} is no ${formats[issue.format] ?? 'text of the right form'}.`
        : `${label} ${issue.message}.`;
    case 'invalid_value':
      return `${label} is not one of ${issue.values.map(String).join(', ')}.`;
    case 'not_multiple_of':
      return `${label} is no multiple of ${issue.divisor}.`;
    case 'custom':
      return `${label} ${issue.message}.`;
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'unrecognized_keys':
      return `${label} does not fit what is asked for.`;
  }
}

const nouns: Readonly<Record<string, string>> = lookup({
  string: 'text',
  int: 'whole number',
  number: 'number',
  boolean: 'yes or no',
  array: 'list',
  object: 'set of named values',
  record: 'set of named values',
});
const formats: Readonly<Record<string, string>> = lookup({
  date: 'date (write it as 2026-06-30)',
  datetime: 'point in time (write it as 2026-06-30T12:00:00Z)',
  uuid: 'id of a record',
  email: 'e-mail address',
  url: 'address of a page',
});

function tooBig(issue: z.core.$ZodIssueTooBig, label: string): string {
  if (issue.origin === 'string') return `${label} is too long (at most ${issue.maximum} characters).`;
  if (issue.origin === 'array') return `${label} has too many entries (at most ${issue.maximum}).`;
  return `${label} is too great (at most ${issue.maximum}).`;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, label: string): string {
  if (issue.origin === 'string')
    return issue.minimum === 1
      ? `${label} is needed.`
      : `${label} is too short (at least ${issue.minimum} characters).`;
  if (issue.origin === 'array')
    return issue.minimum === 1 ? `${label} is needed.` : `${label} has too few entries (at least ${issue.minimum}).`;
  return `${label} is too small (at least ${issue.minimum}).`;
}

/** The title of the schema at a path, else its name in words; undefined for the whole input. */
function labelAt(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  let at: unknown = schema;
  let label: string | undefined;
  for (const step of path) {
    const inside: unknown = optionWith(unwrapped(at), step);
    if (typeof step === 'number' && inside instanceof z.ZodArray) at = inside.element;
    else if (inside instanceof z.ZodObject) {
      at = Object.hasOwn(inside.shape, String(step)) ? inside.shape[String(step)] : undefined;
      label = titleOf(at) ?? inWords(String(step));
    } else return label;
  }
  return label;
}

/** Of several shapes, one that has such a part: it is called the same in all. */
function optionWith(schema: unknown, step: PropertyKey): unknown {
  if (!(schema instanceof z.ZodUnion)) return schema;
  return schema.options.find((option) => option instanceof z.ZodObject && Object.hasOwn(option.shape, step)) ?? schema;
}

function unwrapped(schema: unknown): unknown {
  let at = schema;
  while (at instanceof z.ZodOptional || at instanceof z.ZodNullable || at instanceof z.ZodDefault) at = at.unwrap();
  return at;
}

function titleOf(schema: unknown): string | undefined {
  const inside = unwrapped(schema);
  return inside instanceof z.ZodType ? inside.meta()?.title : undefined;
}

function inWords(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
