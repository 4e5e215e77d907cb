export { earlyLifeRecord } from './record.ts';
