// The rows of a file, sorted by key in a temporary table of the database: rows of one record may stand anywhere in it, and memory
// does not grow with it. The table goes with its connection; who begins anew fills it anew.
import type pg from 'pg';
import { copyLine, copyLines } from '../record/define/copy.ts';
import type { SourceRow } from './rows.ts';

/** Rows of one record. */
export interface Group {
  key: string;
  rows: SourceRow[];
  /** Rows beyond what one record may have. */
  beyond: number;
}

const mostInACopy = 10_000;
/** A record with more rows is a fault of the key: one that is the same everywhere would take all memory. */
export const mostRows = 5000;
const page = 5000;

export class Spill {
  readonly #client: pg.ClientBase;
  #lines: string[] = [];
  #agents = new Set<string>();

  private constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  static async on(client: pg.ClientBase): Promise<Spill> {
    await client.query('create temporary table pg_temp.import_row (key text collate "C", line bigint, cells text)');
    await client.query('create temporary table pg_temp.import_agent (key text primary key)');
    return new Spill(client);
  }

  async add(key: string, { line, cells }: SourceRow): Promise<void> {
    this.#lines.push(copyLine([key, line, JSON.stringify(cells)]));
    if (this.#lines.length >= mostInACopy) await this.#flush();
  }

  /** Notes the key of somebody who works for the provider: whoever calls by the same key is the same person. */
  agent(key: string): void {
    this.#agents.add(key);
  }

  async #flush(): Promise<void> {
    await copyLines(this.#client, 'pg_temp.import_row', 'key, line, cells', this.#lines);
    await this.#client.query(
      'insert into pg_temp.import_agent select * from unnest($1::text[]) on conflict do nothing',
      [[...this.#agents]],
    );
    this.#lines = [];
    this.#agents = new Set();
  }

  async finish(): Promise<void> {
    await this.#flush();
    await this.#client.query('create index on pg_temp.import_row (key, line)');
    await this.#client.query('analyze pg_temp.import_row');
  }

  /** Which of some keys are those of people who work for the provider. */
  async agentsAmong(keys: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.#client.query<{ key: string }>(
      'select key from pg_temp.import_agent where key = any($1)',
      [keys],
    );
    return new Set(rows.map(({ key }) => key));
  }

  /** The records in the order of their keys, after one that is done. */
  async *groups(after: string | null): AsyncGenerator<Group> {
    let open: Group | undefined;
    for await (const { key, ...row } of this.#rows(after)) {
      if (open?.key !== key) {
        if (open) yield open;
        open = { key, rows: [], beyond: 0 };
      }
      if (open.rows.length < mostRows) open.rows.push(row);
      else open.beyond += 1;
    }
    if (open) yield open;
  }

  async *#rows(after: string | null): AsyncGenerator<SourceRow & { key: string }> {
    let [key, line] = [after ?? '', Number.MAX_SAFE_INTEGER];
    for (;;) {
      const { rows } = await this.#client.query<{ key: string; line: number; cells: string }>(
        `select key, line, cells
         from pg_temp.import_row
         where (key, line) > ($1, $2)
         order by key, line
         limit ${page}`,
        [key, line],
      );
      for (const row of rows) yield { key: row.key, line: row.line, cells: JSON.parse(row.cells) as string[] };
      const last = rows.at(-1);
      if (!last || rows.length < page) return;
      [key, line] = [last.key, last.line];
    }
  }
}
