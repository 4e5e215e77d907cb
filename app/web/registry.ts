// Collects what the stages contribute. Globs, because a stage in the making may not have all of its files yet.
import type { RecordDefinition } from '../../core/record/define.ts';
import type { ChecklistWords, Contribution, Registry } from '../../core/ui/registry.ts';
import * as party from '../../core/permission/party.ts';
import { gates } from '../../handover/gates.ts';
import { handOverRecords } from '../../handover/hand-overs.ts';
import { links } from '../../handover/links.ts';
import { roles } from '../../handover/roles.ts';

type Modules = Readonly<Record<string, Record<string, unknown>>>;
const stages = ['strategy', 'design', 'transition', 'operation', 'improvement'];
const declared = import.meta.glob<Record<string, unknown>>(
  '../../{strategy,design,transition,operation,improvement}/stage.ts',
  { eager: true },
);
const contributed = import.meta.glob<Record<string, unknown>>(
  '../../{handover,strategy,design,transition,operation,improvement}/web.tsx',
  { eager: true },
);
const listed = import.meta.glob<Record<string, unknown>>(
  '../../{strategy,design,transition,operation,improvement}/*/checklist.ts',
  { eager: true },
);

const order = (path: string) => stages.findIndex((stage) => path.includes(`/${stage}/`));
const valuesOf = (modules: Modules) =>
  Object.entries(modules)
    .toSorted(([one], [other]) => order(one) - order(other))
    .flatMap(([, module]) => Object.values(module));

const has = (value: unknown, ...names: string[]): value is object =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);
const isDefinition = (value: unknown): value is RecordDefinition =>
  has(value, 'lifecycle', 'path', 'fields', 'purpose');
const isContribution = (value: unknown): value is Contribution => has(value, 'screens', 'panels');
const isChecklist = (value: unknown): value is ChecklistWords => has(value, 'name', 'items', 'drafters');

const definitions = [
  ...valuesOf(declared).filter(Array.isArray).flat(),
  ...handOverRecords,
  ...Object.values(party),
].filter(isDefinition);

export const registry: Registry = {
  definitions: definitions.filter((each, index) => definitions.findIndex(({ type }) => type === each.type) === index),
  contributions: valuesOf(contributed).filter(isContribution),
  checklists: valuesOf(listed).filter(isChecklist),
  roles: Object.fromEntries([...roles.values()].map(({ code, label }) => [code, label])),
  gates: Object.fromEntries([...gates.values()].map(({ code, label }) => [code, label])),
  links,
};
