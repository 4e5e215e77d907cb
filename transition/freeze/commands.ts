import { moveBecause } from '../../core/record/edit/move.ts';
import { link } from '../../core/record/relate/relate.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Commands } from '../../core/record/define/work.ts';
import { changeRecord } from '../change/index.ts';
import type { freezeRecord } from './record.ts';
import { sideOf } from './rules.ts';
import { scheduledWithin } from './store.ts';

export const freezeCommands: Commands<typeof freezeRecord> = {
  prepare: async (work) => Promise.resolve({ declaredBySide: sideOf(work.caller.principal.grants) }),
  // A freeze declared after the authorisation takes its changes out of the schedule (model J.18).
  created: async (work, freeze) => {
    const record = serverRecord(work.application.registry, changeRecord);
    for (const change of await scheduledWithin(work.client, freeze.providerId, freeze.id))
      await moveBecause(work, record, change, 'miss-window', { reason: `${freeze.ref} ${freeze.title} was declared.` });
  },
  moved: async (work, freeze, move) => {
    const change = freeze.fields.exceptionFor;
    if (move === 'except' && change !== null) await link(work, { type: 'excepts', from: freeze.id, to: change });
  },
};
