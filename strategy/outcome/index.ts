export { worseRefusals } from './direction.ts';
export { outcomeRecord, promiseFields } from './record.ts';
