// Puts together what the stages show.
import { partyDefinitions } from '../../core/party/party.ts';
import { traitMoveWords, traitPanels } from '../../core/trait/ui/panels.ts';
import type { Checklists, Panel, Registry, WebModule, WebStage } from '../../core/ui/registry.ts';
import { designWeb } from '../../design/stage.web.ts';
import { gates } from '../../handover/gates.ts';
import { links } from '../../handover/links.ts';
import { handOverWeb } from '../../handover/module.web.ts';
import { roles } from '../../handover/roles.ts';
import { improvementWeb } from '../../improvement/stage.web.ts';
import { operationWeb } from '../../operation/stage.web.ts';
import { strategyWeb } from '../../strategy/stage.web.ts';
import { transitionWeb } from '../../transition/stage.web.ts';

/** In the order of a service's life. */
const stages: readonly WebStage[] = [strategyWeb, designWeb, transitionWeb, operationWeb, improvementWeb];
const modules: readonly WebModule[] = [
  ...stages.flatMap((stage) => stage.modules),
  handOverWeb,
  {
    records: partyDefinitions,
    panels: {
      person: [{ title: 'Sign-in and keys', load: () => import('./access/access-panel.tsx') }],
      customer: [{ title: 'Administration', load: () => import('./access/claim-panel.tsx') }],
    },
  },
];

const definitions = modules.flatMap((module) => module.records ?? []);
const panels: Record<string, Panel[]> = Object.fromEntries(
  definitions.map((definition) => [definition.type, traitPanels(definition)]),
);
for (const [type, added] of modules.flatMap((module) => Object.entries(module.panels ?? {})))
  (panels[type] ??= []).push(...added);

export const registry: Registry = {
  definitions,
  screens: modules.flatMap((module) => module.screens ?? []),
  entries: stages.flatMap(({ stage, modules: own }) =>
    own.flatMap(({ entries = [] }) => entries.map((entry) => ({ ...entry, stage }))),
  ),
  panels,
  moveWords: Object.fromEntries(
    definitions.flatMap((definition) => {
      const words = traitMoveWords(definition);
      return words ? [[definition.type, words]] : [];
    }),
  ),
  checklists: Object.assign({}, ...modules.map((module) => module.checklists ?? {})) as Checklists,
  roles: Object.fromEntries([...roles.values()].map(({ code, label }) => [code, label])),
  roleSides: Object.fromEntries([...roles.values()].map(({ code, side }) => [code, side])),
  gates: Object.fromEntries([...gates.values()].map(({ code, label }) => [code, label])),
  links,
};
