export { isAgreedPackage } from './store.ts';
export { refreshSummaries } from './commands.ts';
export type { packageRecord } from './record.ts';
