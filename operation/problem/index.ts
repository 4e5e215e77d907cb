export type { problemRecord } from './record.ts';
