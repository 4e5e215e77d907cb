// A list's view is its address: the same query names as the API's, and `columns` and `peek` for the screen alone. Pure.
import type { RecordDefinition } from '../../record/define/define.ts';

export interface ListState {
  states: string[];
  sort: string;
  text: string;
  /** Field filters by name; also `owner` and `customer`. */
  filters: Readonly<Record<string, string>>;
  columns: string[];
}

export const defaultSort = '-number';

/** Names an address may filter by. */
export function filterNames(definition: RecordDefinition): string[] {
  return ['owner', 'customer', ...(definition.filters ?? [])];
}

const known = (names: readonly string[], text: string | null) =>
  (text ?? '').split(',').filter((name) => names.includes(name));

/** Reads an address; what the definition does not know is left out. */
export function readListState(search: URLSearchParams, definition: RecordDefinition): ListState {
  const sort = search.get('sort') ?? '';
  const sortable = ['number', ...(definition.sorts ?? [])];
  const columns = search.get('columns');
  return {
    states: known(Object.keys(definition.lifecycle.states), search.get('state')),
    sort: sortable.includes(sort.replace(/^-/, '')) ? sort : defaultSort,
    text: search.get('q') ?? '',
    filters: Object.fromEntries(
      filterNames(definition).flatMap((name) => (search.get(name) ? [[name, search.get(name) ?? '']] : [])),
    ),
    columns: columns === null ? [...definition.columns] : known(Object.keys(definition.fields), columns),
  };
}

/** The API's query for a view; `me` stands in the address for whoever reads it. */
export function apiQuery(state: ListState, me: string | undefined): string {
  const query = new URLSearchParams();
  if (state.sort !== defaultSort) query.set('sort', state.sort);
  if (state.states.length > 0) query.set('state', state.states.join(','));
  if (state.text) query.set('q', state.text);
  for (const [name, value] of Object.entries(state.filters)) query.set(name, value === 'me' ? (me ?? '') : value);
  return query.toString();
}

/** Pressing a column's head: up, down, and back to newest first. */
export function nextSort(current: string, column: string): string {
  if (current === column) return `-${column}`;
  return current === `-${column}` && column !== 'number' ? defaultSort : column;
}

/** Chosen ids after Shift+x: everything between the last chosen row and this one. */
export function chosenRange(ids: readonly string[], from: number, to: number): string[] {
  return ids.slice(Math.min(from, to), Math.max(from, to) + 1);
}

export const isFiltered = (state: ListState): boolean =>
  state.states.length > 0 || state.text !== '' || Object.keys(state.filters).length > 0;
