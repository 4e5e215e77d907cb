import { link } from '../../core/record/relate/relate.ts';
import type { Commands } from '../../core/record/define/work.ts';
import type { componentRecord } from './record.ts';

/** A component realises its design from the start. */
export const componentCommands: Commands<typeof componentRecord> = {
  created: async (work, component) => {
    await link(work, { type: 'realisedBy', from: component.fields.designPackage, to: component.id });
  },
};
