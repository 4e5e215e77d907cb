export { requirementRecord } from './record.ts';
