// Rows for COPY ... FROM STDIN in PostgreSQL's text format.
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { lookup } from '../../names/lookup.ts';

const escapes: Readonly<Record<string, string>> = lookup({
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
});
const special = /[\\\t\n\r\b\f\v]/g;

/** One value as COPY's text format spells it. */
export function copyValue(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string')
    return special.test(value) ? value.replace(special, (found) => escapes[found] ?? found) : value;
  if (Array.isArray(value))
    return copyValue(`{${value.map((each) => `"${String(each).replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`COPY has no spelling for ${typeof value}: write objects as JSON text first`);
}

export const copyLine = (values: readonly unknown[]): string => `${values.map(copyValue).join('\t')}\n`;

/** Writes prepared lines into a table by COPY. */
export async function copyLines(
  client: pg.ClientBase,
  table: string,
  columns: string,
  lines: readonly string[],
): Promise<void> {
  if (!lines.length) return;
  const stream = client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
  await pipeline(Readable.from(chunks(lines)), stream);
}

/** About a quarter of a megabyte at a time: neither a write a line nor all in one string. */
function* chunks(lines: readonly string[]): Generator<Buffer> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length > 262_144) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text) yield Buffer.from(text);
}
