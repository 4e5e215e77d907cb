// The program: the application, with the example that comes with it.
import { run } from './app/cli/run.ts';
import { harbour } from './examples/harbour/harbour.ts';

process.exitCode = await run(harbour, process.argv.slice(2));
