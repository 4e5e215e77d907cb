export { agreementRecord } from './record.ts';
