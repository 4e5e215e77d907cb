export { agreementRecord } from './record.ts';
export { exceptionKey } from './definition.ts';
