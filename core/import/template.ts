// Titles made of columns: `{Short description} ({Site})`. Pure.

const place = /\{([^{}]+)\}/g;

/** The columns that a template names. */
export const columnsInTemplate = (template: string): string[] =>
  [...template.matchAll(place)].map(([, column = '']) => column.trim());

/** Whether every brace of a template belongs to a column's name. */
export const isTemplate = (template: string): boolean => !/[{}]/.test(template.replaceAll(place, ''));

/** The template with each column's text; a dash for nothing. On one line, and cut between characters. */
export function filled(template: string, cell: (column: string) => string | null, most: number): string {
  const text = template.replaceAll(place, (_all, column: string) => cell(column.trim()) ?? '–');
  return cut(text.replaceAll(/\s+/g, (blank) => (/[\r\n]/.test(blank) ? ' ' : blank)).trim() || '–', most);
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most so many code units, and no character of a reader's cut in two (UAX 29). */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const before = characters.segment(text.slice(0, most + 64)).containing(most);
  return text.slice(0, before ? before.index : most).trimEnd();
}
