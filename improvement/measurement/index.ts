export { measuredPeriods } from './value/store.ts';
