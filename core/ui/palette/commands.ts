// What the palette offers besides found records. Pure.
import { actOf } from '../../record/define/act-of.ts';
import type { StageName } from '../../record/define/define.ts';
import type { Registry } from '../registry.ts';

export interface Command {
  id: string;
  label: string;
  group: string;
  hint?: string;
  stage?: StageName;
  to?: string;
  run?: () => void;
}

/** What administrators of the provider bring in from elsewhere. */
export const importPlaces: readonly Command[] = [
  { id: 'go /imports', label: 'Imports', group: 'Go to', to: '/imports' },
  { id: 'new import', label: 'New import', group: 'Create', to: '/imports/new' },
];

/** Going to every list and screen, and creating what this person may create. */
export function placesOf({ definitions, entries }: Registry, creates: readonly string[]): Command[] {
  const fixed = [
    ['/work', 'My work'],
    ['/decisions', 'Decisions waiting for me'],
    ['/loop', 'The loop'],
    ['/stages', 'All lists'],
    ['/keys', 'Sign-in and keys'],
  ].map(([to = '', label = '']) => ({ id: `go ${to}`, label, group: 'Go to', to }));
  const screens = entries.map((each) => ({ id: `go ${each.to}`, group: 'Go to', ...each }));
  const lists = definitions.map((each) => ({
    id: `list ${each.type}`,
    label: each.plural,
    group: 'Go to',
    stage: each.stage,
    to: `/${each.path}`,
    hint: each.prefix,
  }));
  const creating = definitions
    .filter(({ type }) => creates.includes(type))
    .map((each) => ({
      id: `new ${each.type}`,
      label: actOf(each),
      group: 'Create',
      stage: each.stage,
      to: `/${each.path}/new`,
    }));
  return [...fixed, ...screens, ...lists, ...creating];
}

/** Every typed word must begin a word of the label or the hint; what begins with the text comes first. */
export function fitting(commands: readonly Command[], text: string): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ label, hint }: Command) => {
    const parts = `${label} ${hint ?? ''}`.toLowerCase().split(/[\s-]+/);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  };
  const first = (command: Command) => (command.label.toLowerCase().startsWith(text.toLowerCase()) ? 0 : 1);
  return commands.filter(fits).toSorted((one, other) => first(one) - first(other));
}
