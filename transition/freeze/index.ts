export { freezeRecord } from './record.ts';
