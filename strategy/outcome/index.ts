export { outcomeRecord } from './record.ts';
