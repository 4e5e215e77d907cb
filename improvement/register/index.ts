export { registerOpportunity } from './commands.ts';
