// How long properties are searched: a sample in `npm test`, PROPERTY_TIMES as long and from PROPERTY_SEED in `npm run wide`.
import fc from 'fast-check';
import { vi } from 'vitest';

const times = Number(process.env['PROPERTY_TIMES'] ?? 1);
const seed = process.env['PROPERTY_SEED'];

if (times > 1) {
  fc.configureGlobal({ numRuns: 100 * times, ...(seed === undefined ? {} : { seed: Number(seed) }) });
  vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });
}
