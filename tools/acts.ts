// Every act of every record type is made by some test, and was witnessed to leave one entry on each record it altered: see
// test/support/witness.ts. Fails with the acts that no test of the last whole run made.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRegistry } from '../app/server/registry.ts';

const folder = join(import.meta.dirname, '..', 'test-results/acts');

function witnessed(): Set<string> {
  const files = existsSync(folder) ? globSync('*.json', { cwd: folder }) : [];
  const acts = files.flatMap(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { type: string; name: string }[], // written by the witness
  );
  return new Set(acts.map(({ type, name }) => `${type}: ${name}`));
}

const seen = witnessed();
const wanted = [...createRegistry().records.values()].flatMap(({ definition: { type, lifecycle } }) => [
  `${type}: created`,
  ...(Object.values(lifecycle.states).some(({ editable }) => editable) ? [`${type}: edited`] : []),
  ...Object.keys(lifecycle.moves).map((move) => `${type}: ${move}`),
]);
const missing = wanted.filter((act) => !seen.has(act));
for (const act of missing) console.log(`No test makes this act: ${act}`);
console.log(`${wanted.length - missing.length} of ${wanted.length} acts were made, and left one entry a record.`);
process.exitCode = missing.length ? 1 : 0;
