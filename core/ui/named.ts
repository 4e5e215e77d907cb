import { nilUuid } from '../record/define/id.ts';

/** What a record or person is called that an answer names by its id: what is hidden from its reader comes as the id of nobody. */
export const nameIn = (names: Readonly<Record<string, string>>, id: string): string =>
  names[id] ?? (id === nilUuid ? 'Not shown to you' : id.slice(0, 8));
