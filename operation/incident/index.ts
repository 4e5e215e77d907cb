export { incidentRecord } from './record.ts';
