// Keeps the text of every statement that tests ran: the step `statements` of `npm test` prepares each once more.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

/** One file for each text, named by its hash: what many files ran stands once. */
export const statementsFolder = join(import.meta.dirname, '../../test-results/statements');

const kept = new Set<string>();

function keep(text: string): void {
  if (kept.has(text) || !/^\s*(?:select|insert|update|delete|with)\b/.test(text)) return;
  kept.add(text);
  const file = join(statementsFolder, `${createHash('sha256').update(text).digest('hex')}.sql`);
  if (existsSync(file)) return;
  mkdirSync(statementsFolder, { recursive: true });
  writeFileSync(file, text);
}

/** Notes what is run on the connections of a pool, and runs it. */
export function keepStatements(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    const run = client.query.bind(client) as (...given: unknown[]) => unknown; // one of pg's many forms; all are passed on
    const noted = (...given: unknown[]): unknown => {
      const [first] = given;
      const text = typeof first === 'object' && first !== null && 'text' in first ? first.text : first;
      if (typeof text === 'string') keep(text);
      return run(...given);
    };
    Object.assign(client, { query: noted });
  });
}
