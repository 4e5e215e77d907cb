export { refreshSummaries } from './commands.ts';
export type { packageRecord } from './record.ts';
