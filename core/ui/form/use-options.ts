// What a picker offers: records of one type from their list, so that what tells two of one name apart stands beside it.
import type { RecordDefinition } from '../../record/define/define.ts';
import type { Field, WhileIn } from '../../record/define/fields.ts';
import { queryOf } from '../api.ts';
import type { Header, ListReply, Names, RecordView } from '../contract.ts';
import { useAnswer, useFound } from '../queries.ts';
import { useRegistry } from '../registry.ts';
import { textOf } from './values.ts';

interface Option {
  id: string;
  name: string;
  detail: string;
}

/** Types of what may be named, and the states in which it may. */
interface Wanted {
  types: readonly string[];
  whileIn?: WhileIn | undefined;
}

const shownAtOnce = 12;

const isParty = ({ type }: Pick<Header, 'type'>) => ['person', 'team', 'customer'].includes(type);
/** A party is known by its name, any other record by its number first. */
export const shownName = (header: Header) => (isParty(header) ? header.title : `${header.ref} ${header.title}`);

const stateOf = (definition: RecordDefinition | undefined, { state }: Header) =>
  definition?.lifecycle.states[state]?.label ?? '';

/** A value in the words of its field: a choice by its label, another record by its name; an instant tells nobody apart. */
function inFieldWords(field: Field | undefined, value: unknown, names: Names): string {
  const text = textOf(value);
  if (field?.kind === 'instant') return '';
  return (field?.kind === 'choice' ? field.options[text] : names[text]) ?? text;
}

/** E-mail and organisation of a person, the state of what is not as it began; the number where there is nothing else. */
function partyDetail(definition: RecordDefinition, record: RecordView, names: Names): string {
  const columns = definition.columns.map((name) => inFieldWords(definition.fields[name], record.fields[name], names));
  const state = record.state === definition.lifecycle.initial ? '' : stateOf(definition, record);
  return [...columns, state].filter(Boolean).join(', ') || record.ref;
}

/** Options for what was typed; for nothing typed the first of the list, where one list holds them all. */
export function useOptions(
  { types, whileIn }: Wanted,
  text: string,
  open: boolean,
): { options: Option[]; says: string } {
  const { definitions } = useRegistry();
  const definitionOf = (type: string | undefined) => definitions.find((each) => each.type === type);
  const only = types.length === 1 ? definitionOf(types[0]) : undefined;
  const states = only && whileIn?.states[only.type]?.join(',');
  const listed = useAnswer<ListReply>(
    ['list', types[0], 'options', text, states],
    `/${only?.path}${queryOf({ q: text, state: states, limit: shownAtOnce })}`,
    { enabled: open && only !== undefined, keep: 3 },
  );
  const found = useFound(text, types, open && only === undefined && text !== '');
  const isLooking = listed.isFetching || found.isFetching;
  const says = isLooking ? 'Looking …' : only || text ? 'Nothing found that you may see.' : 'Type a number or words.';
  if (only)
    return {
      says,
      options: (listed.data?.items ?? []).map((each) => ({
        id: each.id,
        name: shownName(each),
        detail: isParty(each) ? partyDetail(only, each, listed.data?.names ?? {}) : stateOf(only, each),
      })),
    };
  const isOffered = ({ type, state }: Header) => whileIn?.states[type]?.includes(state) !== false;
  const headers = text === '' ? [] : (found.data?.items ?? []).filter(isOffered);
  return {
    says,
    options: headers.map((each) => ({
      id: each.id,
      name: shownName(each),
      detail: stateOf(definitionOf(each.type), each),
    })),
  };
}
