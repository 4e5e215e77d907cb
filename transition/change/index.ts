export { changeRecord } from './record.ts';
