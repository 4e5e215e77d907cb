// Answers as texts that can be compared: of one reader, before something was done and after it.
import { canonical } from '../../../core/journal/format/hash.ts';
import type { Answer } from '../client.ts';
import type { Reader } from './readers.ts';

/** Keys in order: names come as the database gives them. */
export const asText = ({ status, body }: Answer): string => `${status} ${canonical(body ?? null)}`;

/** Where two answers part, with a little around it. */
function parting(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
  return `\n  was ${around(one)}\n  is  ${around(other)}`;
}
/** An answer without what moves with time and version of what is shared. */
const settled = (text: string): string =>
  text.replace(/"(version|updatedAt|contentHash|now|at|subjectHash|previousHash|hash)":("[^"]*"|\d+|null)/g, '"$1":0');

export async function readAll({ client }: Reader, urls: ReadonlySet<string>): Promise<Map<string, string>> {
  const told = new Map<string, string>();
  for (const url of urls) told.set(url, settled(asText(await client.get(url))));
  return told;
}

export async function differences(reader: Reader, before: ReadonlyMap<string, string>): Promise<string[]> {
  const now = await readAll(reader, new Set(before.keys()));
  return [...before].flatMap(([url, text]) => {
    const is = now.get(url) ?? '';
    return is === text ? [] : [`${url}${parting(text, is)}`];
  });
}
