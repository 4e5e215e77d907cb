// Whether a mapping fits the record that it fills, and the file that it reads: all faults together, before a row is taken. Pure.
import { isZone } from '../clock/zone.ts';
import type { RecordDefinition } from '../record/define/define.ts';
import type { Field } from '../record/define/fields.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { fills, isCounted, waysToFill } from './fills.ts';
import { columnsOf } from './mapping.ts';
import type { ColumnRule, Mapping } from './mapping.ts';
import { quoted } from './quoted.ts';
import { isTemplate } from './template.ts';
import { timeReader, understoodTimes } from './times.ts';
import { lookup } from '../names/lookup.ts';

const own = <T>(of: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;

/** The faults of a mapping, told with what to do; none where it fits the record. */
export function judgeMapping(definition: RecordDefinition, mapping: Mapping): Refusal[] {
  return [
    ...timesOf(mapping),
    ...titleOf(mapping),
    ...statesOf(definition, mapping),
    ...Object.entries(mapping.fields).flatMap(([name, rule]) => fieldOf(definition, name, rule)),
    ...(mapping.by ? byOf(mapping.by) : []),
  ];
}

function timesOf({ zone, timeFormat }: Mapping): Refusal[] {
  if (!isZone(zone))
    return [
      refusal('import.times', `${quoted(zone)} is no time zone.`, 'Give an IANA name such as Europe/London.', 'zone'),
    ];
  if (timeReader(timeFormat, zone)) return [];
  return [refusal('import.times', `${quoted(timeFormat)} is no pattern of a time.`, understoodTimes, 'timeFormat')];
}

function titleOf({ title }: Mapping): Refusal[] {
  if (title.trim() === '')
    return [
      refusal(
        'import.mapping-title',
        'The title is empty.',
        'Write it with columns in braces, such as {number}.',
        'title',
      ),
    ];
  if (isTemplate(title)) return [];
  return [
    refusal(
      'import.mapping-title',
      `The title ${quoted(title)} has a brace that belongs to no column.`,
      'Write each column as {its name}.',
      'title',
    ),
  ];
}

function statesOf(definition: RecordDefinition, { state: { values } }: Mapping): Refusal[] {
  const { states } = definition.lifecycle;
  const meanings = Object.entries(values);
  if (!meanings.length)
    return [
      refusal(
        'import.mapping-state',
        'No word of the source is told to be a state.',
        statesKnown(definition),
        'state.values',
      ),
    ];
  return meanings.flatMap(([word, { state, ...besides }]) => {
    const place = `state.values.${word}`;
    return [
      ...(state === null || Object.hasOwn(states, state)
        ? []
        : [
            refusal(
              'import.mapping-state',
              `${quoted(word)} stands for ${quoted(state)}, which is no state.`,
              statesKnown(definition),
              place,
            ),
          ]),
      ...Object.entries(besides).flatMap(([name, value]) => {
        const field = own(definition.fields, name);
        if (!field) return [noField(definition, name, place)];
        const fault = valueFault(field, value);
        return fault
          ? [
              refusal(
                'import.mapping-value',
                `${quoted(word)} sets ${name} to ${quoted(value)}, which it cannot be.`,
                fault,
                place,
              ),
            ]
          : [];
      }),
    ];
  });
}

const statesKnown = ({ lifecycle: { states } }: RecordDefinition): string =>
  `Its states: ${Object.keys(states).join(', ')}; or null for a word that says nothing about it.`;

function fieldOf(definition: RecordDefinition, name: string, rule: ColumnRule): Refusal[] {
  const place = `fields.${name}`;
  const field = own(definition.fields, name);
  if (!field) return [noField(definition, name, place)];
  return [
    ...(isCounted(definition, name)
      ? [
          refusal(
            'import.mapping-field',
            `${name} is worked out here, and taken from no source.`,
            'Leave it out.',
            place,
          ),
        ]
      : kindFaults(name, field, rule, place)),
    ...(rule.inStates ?? [])
      .filter((state) => !Object.hasOwn(definition.lifecycle.states, state))
      .map((state) =>
        refusal(
          'import.mapping-state',
          `${name} is taken in ${quoted(state)}, which is no state.`,
          statesKnown(definition),
          place,
        ),
      ),
  ];
}

function noField({ fields }: RecordDefinition, name: string, place: string): Refusal {
  const fillable = Object.entries(fields).flatMap(([known, { kind }]) => (fills[kind] ? [known] : []));
  return refusal(
    'import.mapping-field',
    `There is no field ${quoted(name)}.`,
    `Its fields: ${fillable.join(', ')}.`,
    place,
  );
}

function kindFaults(name: string, field: Field, rule: ColumnRule, place: string): Refusal[] {
  const may = waysToFill(field);
  if (!may) return [refusal('import.mapping-kind', `${name} cannot be filled from a column.`, 'Leave it out.', place)];
  if (!may.includes(rule.as)) {
    const what = kindWords[field.kind] ?? field.kind;
    return [
      refusal(
        'import.mapping-kind',
        `${name} is ${what}, not ${kindWords[rule.as] ?? rule.as}.`,
        `Write ${may.map((as) => `"as": "${as}"`).join(' or ')}.`,
        place,
      ),
    ];
  }
  if (rule.key !== undefined && !['customer_person', 'provider_person', 'team'].includes(rule.as))
    return [
      refusal(
        'import.mapping-kind',
        `${name} names a column with a key, and is neither a person nor a team.`,
        'Leave "key" out.',
        place,
      ),
    ];
  return Object.entries(rule.values ?? {}).flatMap(([word, value]) => {
    const fault = valueFault(field, value);
    return fault
      ? [
          refusal(
            'import.mapping-value',
            `${quoted(word)} stands for ${quoted(value)}, which ${name} cannot be.`,
            fault,
            place,
          ),
        ]
      : [];
  });
}

const kindWords: Readonly<Record<string, string>> = lookup({
  text: 'a text',
  longText: 'a text',
  choice: 'a choice',
  integer: 'a whole number',
  decimal: 'a number',
  boolean: 'yes or no',
  date: 'a day',
  instant: 'an instant',
  person: 'a person',
  customer_person: 'a person',
  provider_person: 'a person',
  team: 'a team',
  reference: 'another record',
  component: 'a component',
});

/** Why a word of the mapping is no value of a field; it is told what is. */
function valueFault(field: Field, value: string): string | undefined {
  switch (field.kind) {
    case 'choice':
      return Object.hasOwn(field.options, value) ? undefined : `It may be ${Object.keys(field.options).join(', ')}.`;
    case 'text':
    case 'longText':
      return value.length <= field.max ? undefined : `It may have ${field.max} characters.`;
    case 'integer':
      return /^-?\d{1,9}$/.test(value) ? undefined : 'Give a whole number.';
    case 'decimal':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? undefined : 'Give a number.';
    case 'boolean':
      return ['true', 'false'].includes(value) ? undefined : 'Give true or false.';
    case 'date':
    case 'instant':
    case 'person':
    case 'team':
    case 'reference':
    case 'customer':
    case 'list':
    case 'json':
    case 'money':
      return 'Leave "values" out: it is read from the column itself.';
  }
}

function byOf({ as }: ColumnRule): Refusal[] {
  if (as === 'customer_person' || as === 'provider_person') return [];
  return [
    refusal(
      'import.mapping-kind',
      'Who did what a row tells is a person.',
      'Write "as": "provider_person" or "as": "customer_person".',
      'by',
    ),
  ];
}

/** The faults of a file's header for a mapping: columns that are missing, or stand twice and are read. */
export function judgeHeader(file: string, mapping: Mapping, names: readonly string[]): Refusal[] {
  const used = columnsOf(mapping);
  const missing = used.filter((name) => !names.includes(name));
  const twice = used.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return [
    ...(missing.length
      ? [
          refusal(
            'import.columns',
            `${file} lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')}.`,
            `Mend the mapping. The file has: ${names
              .map((name) => name || '(no name)')
              .join(', ')
              .slice(0, 2000)}.`,
          ),
        ]
      : []),
    ...twice.map((name) =>
      refusal(
        'import.column-twice',
        `The column ${name} stands ${names.filter((each) => each === name).length} times in ${file}.`,
        'Give the one that is meant another name in the file, and write it in the mapping.',
      ),
    ),
  ];
}
