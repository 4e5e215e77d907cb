export { beginVersion, planSubscriptions } from './commands/begin.ts';
