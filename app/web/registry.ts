// Collects what the stages contribute. Globs, because a stage in the making may not have all of its files yet.
import type { RecordDefinition } from '../../core/record/define.ts';
import type { Contribution, Registry } from '../../core/ui/registry.ts';

const stages = ['strategy', 'design', 'transition', 'operation', 'improvement', 'permission'];
const declared = import.meta.glob<Record<string, unknown>>(['../../{strategy,design,transition,operation,improvement}/stage.ts', '../../core/permission/party.ts'], { eager: true });
const contributed = import.meta.glob<Record<string, unknown>>('../../{strategy,design,transition,operation,improvement}/web.tsx', { eager: true });

const order = (path: string) => stages.findIndex((stage) => path.includes(`/${stage}/`));
const modules = (found: Readonly<Record<string, Record<string, unknown>>>) => Object.entries(found).toSorted(([one], [other]) => order(one) - order(other)).map(([, module]) => module);

const isDefinition = (value: unknown): value is RecordDefinition => typeof value === 'object' && value !== null && 'lifecycle' in value && 'path' in value && 'fields' in value;
const isContribution = (value: unknown): value is Contribution => typeof value === 'object' && value !== null && 'screens' in value && 'panels' in value;

export const registry: Registry = {
  definitions: modules(declared).flatMap((module) => Object.entries(module).flatMap(([name, value]) => (name.endsWith('Records') && Array.isArray(value) ? value.filter(isDefinition) : []))),
  contributions: modules(contributed).flatMap((module) => Object.values(module).filter(isContribution)),
};
