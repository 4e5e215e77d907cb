import { link } from '../../core/record/relate/relate.ts';
import type { Commands } from '../../core/record/define/work.ts';
import type { earlyLifeRecord } from './record.ts';
import { exitCriteria } from './criteria.ts';
import { usualWindowDays } from './rules.ts';
import { profileOfRelease } from './store.ts';

export const earlyLifeCommands: Commands<typeof earlyLifeRecord> = {
  prepare: async (work, values) => {
    const given = values.criteria;
    const profile = given?.length ? null : await profileOfRelease(work, values.release);
    return {
      ...(given?.length ? {} : { criteria: exitCriteria(profile) }),
      windowDays: values.windowDays ?? usualWindowDays,
      extensions: 0,
    };
  },
  created: async (work, support) => {
    await link(work, { type: 'supportedIn', from: support.fields.release, to: support.id });
  },
};
