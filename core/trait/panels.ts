// The panels that a record type's traits put on its page.
import type { RecordDefinition, Traits } from '../record/define.ts';
import type { Panel } from '../ui/registry.ts';

const panels: Readonly<Record<keyof Traits, Panel>> = {
  clocks: { title: 'Clocks', first: true, load: () => import('./clocks/ui/clocks-panel.tsx') },
  notes: { title: 'Notes', load: () => import('./notes/ui/notes-panel.tsx') },
};

/** In the order in which they stand on the page. */
export const traitPanels = ({ traits = {} }: RecordDefinition): Panel[] =>
  Object.entries(panels).flatMap(([name, panel]) => (name in traits ? [panel] : []));
