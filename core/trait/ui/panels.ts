// What a record type's traits put on its page: panels, and what may be said with a move.
import type { RecordDefinition, Traits } from '../../record/define/define.ts';
import type { MoveWords, Panel } from '../../ui/registry.ts';

const panels: Readonly<Partial<Record<keyof Traits, Panel>>> = {
  clocks: { title: 'Clocks', first: true, load: () => import('../clocks/ui/clocks-panel.tsx') },
  notes: { title: 'Notes', load: () => import('../notes/ui/notes-panel.tsx') },
  files: { title: 'Files', load: () => import('../files/ui/files-panel.tsx') },
  source: { title: 'In other systems', load: () => import('../source/ui/source-panel.tsx') },
};

/** In the order in which they stand on the page. */
export const traitPanels = ({ traits = {} }: RecordDefinition): Panel[] =>
  Object.entries(panels).flatMap(([name, panel]) => (name in traits ? [panel] : []));

const notesWithMoves: MoveWords = {
  load: () => import('../notes/ui/note-with-move.tsx'),
  named: { words: ['reply', 'note'], before: 'move.' },
  call: ({ audience, text }, { name, input }) => ({
    path: 'work',
    body: { [audience === 'public' ? 'reply' : 'note']: text, move: { name, ...input } },
  }),
};

/** What may be said with its moves, where it keeps notes. */
export const traitMoveWords = ({ traits }: RecordDefinition): MoveWords | undefined =>
  traits?.notes ? notesWithMoves : undefined;
