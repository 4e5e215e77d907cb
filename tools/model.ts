// The model that comments cite by number, and whether each citation leads somewhere.
import { dirname, join, posix } from 'node:path';

/** A page of the model, or a file that may cite it. */
export interface Text {
  path: string;
  text: string;
}

const number = '(?:[A-J](?:\\.\\d+){1,2}|INV-\\d+|EL-\\d+|GR\\d+|SD\\d+|[RSV]\\d+)';
/** `model B.21, F.5`. */
const cited = new RegExp(`\\bmodel (${number}(?:, ${number})*)`, 'g');
/** Numbers that are said to people too, and speak for themselves. */
const published = /\b(?:INV-\d+|EL-\d{2}|GR\d+|SD\d+)\b/g;
/** Forms that nobody can look up: another name before a number, or a section's number by itself. */
const astray = new RegExp(
  `\\b(?:domain|rule|invariant|section|vector) (?:${number}|[A-J]-\\d+)|(?<![\\w.])[A-J](?:\\.\\d+){1,2}\\b`,
  'g',
);

/** The numbers that the pages hold, each with its page. A number that stands twice is told by `faults`. */
export function anchorsIn(pages: readonly Text[]): Map<string, string[]> {
  const anchors = new Map<string, string[]>();
  for (const { path, text } of pages)
    for (const [, id = ''] of text.matchAll(/<a id="([^"]+)"><\/a>/g))
      anchors.set(id, [...(anchors.get(id) ?? []), path]);
  return anchors;
}

/** Every number that a file cites, with what is written where it cannot be looked up. */
export function citationsIn(text: string): { numbers: string[]; astray: string[] } {
  const lists = [...text.matchAll(cited)].map(([, list = '']) => list);
  const rest = text.replaceAll(cited, '');
  return {
    numbers: [...lists.flatMap((list) => list.split(', ')), ...[...rest.matchAll(published)].map(([found]) => found)],
    astray: [...rest.matchAll(astray)].map(([found]) => found).filter((found) => !/^rule (?:GR|SD)/.test(found)),
  };
}

/** What is cited and not held, and what is cited in a form that nobody can look up. */
export function unresolved(files: readonly Text[], anchors: ReadonlyMap<string, unknown>): string[] {
  return files.flatMap(({ path, text }) => {
    const { numbers, astray: lost } = citationsIn(text);
    return [
      ...numbers
        .filter((each) => !anchors.has(each))
        .map((each) => `${path} cites ${each}: docs/model holds no such number`),
      ...lost.map((each) => `${path} says "${each}": cite docs/model as "model E.4.7"`),
    ];
  });
}

/** Faults of the pages themselves: a number held twice, a link that leads nowhere. `read` gives undefined where there is no file. */
export function faults(pages: readonly Text[], read: (path: string) => string | undefined): string[] {
  const twice = [...anchorsIn(pages)].filter(([, held]) => held.length > 1);
  return [
    ...twice.map(([id, held]) => `${id} is held twice: ${held.join(', ')}`),
    ...pages.flatMap((page) => brokenLinks(page, read)),
  ];
}

function brokenLinks({ path, text }: Text, read: (path: string) => string | undefined): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, to = '']) => {
    if (/^https?:/.test(to)) return [];
    const [file = '', anchor] = to.split('#');
    const target = file ? posix.normalize(join(dirname(path), file)) : path;
    const found = read(target);
    if (found === undefined) return [`${path} links to ${to}: there is no such file`];
    if (anchor === undefined || idsIn(found).has(anchor)) return [];
    return [`${path} links to ${to}: there is no such place`];
  });
}

/** Where a link can lead in a page: its anchors, and its headings as they are addressed. */
function idsIn(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => slug(title));
  return new Set([...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id), ...headings]);
}

const slug = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(/\s/g, '-');
