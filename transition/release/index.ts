export { releaseRecord } from './record.ts';
