// The command line: local commands, and every endpoint of the API as `<noun> <verb>`.
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2));
