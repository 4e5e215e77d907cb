import { link } from '../../core/record/relate.ts';
import type { Commands } from '../../core/record/work.ts';
import { exitCriteria } from './criteria.ts';
import { usualWindowDays } from './rules.ts';
import { profileOfRelease } from './store.ts';

export const earlyLifeCommands: Commands = {
  prepare: async (work, values) => {
    const given = values['criteria'] as unknown[] | null; // a list field
    const profile = given?.length ? null : await profileOfRelease(work, String(values['release']));
    return {
      ...(given?.length ? {} : { criteria: exitCriteria(profile) }),
      windowDays: values['windowDays'] ?? usualWindowDays,
      extensions: 0,
    };
  },
  created: async (work, support) => {
    await link(work, { type: 'supportedIn', from: String(support.fields['release']), to: support.id });
  },
};
