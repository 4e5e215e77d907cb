import { administrator } from './administrator.ts';
import { backup, restore } from './backup.ts';
import { call } from './call.ts';
import { checkpoint } from './checkpoint.ts';
import { demo } from './demo.ts';
import { failed } from './explained.ts';
import { importCommand } from './import.ts';
import { erase } from './erase.ts';
import { key } from './key.ts';
import { psql } from './psql.ts';
import { start } from './start.ts';
import { verify } from './verify.ts';
import type { Example } from '../server/example.ts';

type Command = (args: string[]) => Promise<number>;

/** Commands of this machine; every other noun is one of the API's. */
const localCommands = (example: Example): ReadonlyMap<string, Command> =>
  new Map([
    ['start', (args: string[]) => start(example, args)],
    ['verify', verify],
    ['demo', (args: string[]) => demo(example, args)],
    ['import', importCommand],
    ['checkpoint', checkpoint],
    ['backup', backup],
    ['restore', restore],
    ['erase', erase],
    ['administrator', administrator],
    ['psql', psql],
  ]);

/** Runs one command line of a program that comes with an example; the answer is the exit code. */
export async function run(example: Example, args: string[]): Promise<number> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 26)
    return fault(
      `Servicewright runs on Node 26 or newer (this is ${process.version}). Start it with npm start, which brings its own.`,
    );
  const [noun = 'help', ...rest] = args;
  if (noun === 'help' || noun === '--help') return help();
  try {
    if (noun === 'key' && rest.includes('--person')) return await key(rest);
    return await (localCommands(example).get(noun)?.(rest) ?? call(noun, rest));
  } catch (error) {
    return failed(noun, error);
  }
}

function help(): number {
  console.log(`servicewright start                     bring everything up
servicewright demo incident-log [FILE]   walk an example service through all five stages
servicewright backup FILE               write all data of one moment to a file
servicewright restore FILE              fill an empty installation from a backup (--signed-by FINGERPRINT)
servicewright verify                    compare every record with its journal (--against FILE of checkpoints kept elsewhere)
servicewright checkpoint export [FILE]  write the journal's checkpoints, to be kept elsewhere
servicewright erase person REF --reason TEXT   erase one of the provider's people; what they did stays
servicewright administrator recover      make a one-time link for an administrator of the provider who cannot sign in any more
servicewright import incidents FILE     bring in a source's history (CSV, .xz, .gz) by a mapping
servicewright psql [-c SQL]              look into this installation's database
servicewright key create --person MAIL  make an API key for one of the provider's people
servicewright <noun> <verb> …           any operation of the API (SERVICEWRIGHT_URL, SERVICEWRIGHT_KEY); a noun alone lists its verbs`);
  return 0;
}

function fault(message: string): number {
  console.error(message);
  return 2;
}
