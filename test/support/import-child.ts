// An import in a process of its own, to be killed: `import-child.ts {"config": …, "providerId": …, "file": …, "mapping": …}`. Prints its result.
import { connect } from '../../core/database/connect.ts';
import { systemPrincipal } from '../../core/permission/principal.ts';
import { createRegistry } from '../../app/server/registry.ts';
import { importIncidents } from '../../operation/incident/import/run.ts';
import type { Mapping } from '../../operation/incident/import/mapping.ts';

interface Given {
  config: Parameters<typeof connect>[0];
  providerId: string;
  file: string;
  mapping: Mapping;
}

const { config, providerId, file, mapping } = JSON.parse(process.argv[2] ?? '{}') as Given; // what the test wrote
const pool = connect(config, { max: 3, longStatements: true });
console.log('begun');
const result = await importIncidents({
  application: { pool, registry: createRegistry(), clock: Date.now },
  caller: { principal: systemPrincipal(providerId, 'import', null), channel: 'import', requestId: 'child' },
  file,
  mapping,
  serviceId: null,
  customerId: null,
  dryRun: false,
  progress: () => undefined,
  rejected: () => undefined,
});
console.log(JSON.stringify(result));
await pool.end();
