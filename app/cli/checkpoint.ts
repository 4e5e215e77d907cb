import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { inTransaction } from '../../core/database/connect.ts';
import { exported } from '../../core/journal/kept.ts';
import { takeCheckpoint } from '../../core/journal/take-checkpoint.ts';
import { requireKeys } from '../server/secrets.ts';
import { withLocal } from './local.ts';

const usage = `servicewright checkpoint export [FILE]
Takes a checkpoint of the journal and writes all there are, one a line, into a new file, or to standard output where none is
named. Keep them where nobody who may alter the database can alter them; "servicewright verify --against FILE" compares.
A server that is started with SERVICEWRIGHT_CHECKPOINTS=FOLDER adds each to a file a day in that folder by itself.`;

/** `servicewright checkpoint export [FILE]`. */
export async function checkpoint(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  const [verb, file = '-'] = positionals;
  if (values.help || verb !== 'export' || positionals.length > 2) {
    (values.help ? console.log : console.error)(usage);
    return values.help ? 0 : 2;
  }
  return withLocal(async ({ pool, keys }) => {
    await requireKeys(pool, keys);
    await takeCheckpoint(pool, keys, new Date().toISOString());
    if (file === '-') {
      await inTransaction(pool, async (client) => {
        for await (const line of exported(client)) if (!process.stdout.write(line)) await once(process.stdout, 'drain');
      });
      return 0;
    }
    const count = await inTransaction(pool, async (client) => {
      let lines = 0;
      const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
      await once(out, 'open');
      for await (const line of exported(client)) {
        lines += 1;
        if (!out.write(line)) await once(out, 'drain');
      }
      out.end();
      await once(out, 'finish');
      return lines;
    });
    console.log(`Wrote ${count.toLocaleString('en')} checkpoints to ${file}. Keep it where the database is not.`);
    return 0;
  });
}
