import type { z } from 'zod';
import { roleRefusals } from '../../core/record/define/decide.ts';
import { lock } from '../../core/record/read/load.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { link, linkAll } from '../../core/record/relate/relate.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Commands, Work } from '../../core/record/define/work.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { knownErrorRecord } from './record.ts';
import { mostFailures } from './rules.ts';
import { placeOf, usedOn } from './store.ts';
import type { useOutcome } from './views.ts';
import { lookup } from '../../core/names/lookup.ts';

/** What else happens with a known error: it belongs to its problem, and who wrote the workaround is remembered. */
export const knownErrorCommands: Commands<typeof knownErrorRecord> = {
  prepare: async (work, values) => {
    const author = values.workaround ? { workaroundBy: work.caller.principal.id } : {};
    if (values.problem === null) return author;
    const place = await placeOf(work.client, work.caller.principal.providerId, values.problem);
    const { service, component, category } = values;
    return {
      service: service ?? place.service,
      component: component ?? place.component,
      category: category ?? place.category,
      ...author,
    };
  },
  created: async (work, { id, fields }) => {
    if (fields.problem !== null) await link(work, { type: 'knownErrorOf', from: id, to: fields.problem });
  },
  editing: async (work, { before, after }) => {
    if (before.fields.problem !== after.fields.problem) stop(ofItsProblem);
    const isRewritten = before.fields.workaround !== after.fields.workaround;
    return Promise.resolve(isRewritten ? { fields: { workaroundBy: work.caller.principal.id } } : {});
  },
  moved: async (work, { id, state, fields }, move) => {
    const isTooMuch = state === 'workaround_verified' && (fields.failureCount ?? 0) >= mostFailures;
    if (move === 'fail' && isTooMuch)
      await moveBecause(work, serverRecord(work.application.registry, knownErrorRecord), id, 'take-back', {
        reason: `It failed on ${mostFailures} incidents since it was tested.`,
      });
  },
};

const ofItsProblem = refuse(
  'refused',
  refusal(
    'known-error.other-problem',
    'A known error stays with the problem it was written for.',
    'Retire it, and write one for the other problem.',
    'problem',
  ),
);

/** How a workaround fared on an incident, and the link that says so. */
const links = lookup({ worked: 'workedAroundBy', failed: 'notHelpedBy' } as const satisfies Record<
  z.infer<typeof useOutcome>,
  string
>);

export interface Use {
  incident: string;
  knownError: string;
  outcome: keyof typeof links;
}

/** Records on an incident that a workaround was used: counted once an incident. Refuses by `stop`. */
export async function useWorkaround(work: Work, { incident: name, knownError, outcome }: Use): Promise<string> {
  const { registry } = work.application;
  const record = serverRecord(registry, 'incident');
  const incident = await lock(work, record, name);
  const { lifecycle } = record.definition;
  const noRole = roleRefusals(lifecycle.edit.who, work.caller.principal.grants, 'use a workaround on an incident');
  if (noRole.length) stop(refuse('forbidden', ...noRole));
  if (lifecycle.states[incident.state]?.final) stop(tooLate);
  const used = await usedOn(work.client, incident, knownError);
  if (used) stop(usedAlready);
  const error = await lock(work, serverRecord(registry, knownErrorRecord), knownError);
  await linkAll(work, { type: links[outcome], from: [incident.id], to: error.id });
  const move = outcome === 'worked' ? 'use' : 'fail';
  await moveBecause(work, serverRecord(registry, knownErrorRecord), error.id, move, { reason: `On ${incident.ref}.` });
  return incident.id;
}

const tooLate = refuse(
  'refused',
  refusal('known-error.incident-over', 'The incident is over.', 'Use it on an incident that is not.'),
);
const usedAlready = refuse(
  'refused',
  refusal(
    'known-error.used-already',
    'It is recorded already how this workaround fared on this incident.',
    'Nothing is left to do: it counts once an incident.',
  ),
);
