export { checkout, keysFolder } from './folders.ts';
export { type EmbeddedServer, startEmbedded } from './start.ts';
export { DatabaseUnavailable } from './unavailable.ts';
