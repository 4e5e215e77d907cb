import { link } from '../../core/record/relate.ts';
import type { Commands } from '../../core/record/work.ts';

/** A component realises its design from the start. */
export const componentCommands: Commands = {
  created: async (work, component) => {
    await link(work, { type: 'realisedBy', from: String(component.fields['designPackage']), to: component.id });
  },
};
