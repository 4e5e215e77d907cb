export { registerOpportunity } from './commands.ts';
export type { Opportunity } from './commands.ts';
