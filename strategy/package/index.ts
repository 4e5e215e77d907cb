export { refreshSummaries } from './commands.ts';
