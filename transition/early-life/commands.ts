import { link } from '../../core/record/relate.ts';
import { save } from '../../core/record/save.ts';
import { serverRecord } from '../../core/record/work.ts';
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
  moved: async (work, support, move) => {
    const fields = bookkeeping(move, work.now, Number(support.fields['extensions'] ?? 0));
    if (fields)
      await save(work, serverRecord(work.application.registry, 'early-life-support'), support, {
        fields,
        entry: { kind: 'edited' },
      });
  },
};

/** The observation begins with activation, and anew with every restart and extension. */
function bookkeeping(move: string, now: string, extensions: number): Record<string, unknown> | undefined {
  if (move === 'activate') return { activatedAt: now, windowFrom: now };
  if (move === 'restart-window') return { windowFrom: now };
  if (move === 'extend') return { windowFrom: now, extensions: extensions + 1 };
  return undefined;
}
