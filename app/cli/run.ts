import { start } from './start.ts';

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = { start };

/** Runs one command line; the answer is the exit code. */
export async function run(args: string[]): Promise<number> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 26) {
    console.error(`Servicewright runs on Node 26 or newer (this is ${process.version}). Start it with npm start, which brings its own.`);
    return 1;
  }
  const [noun = 'help', ...rest] = args;
  const command = commands[noun];
  if (command) return command(rest);
  console.error(`There is no command called ${noun}. Commands: ${Object.keys(commands).join(', ')}.`);
  return 2;
}
