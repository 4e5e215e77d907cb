import { z } from 'zod';
import { idText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Call, Endpoint } from '../../core/http/endpoint.ts';
import { recordParams } from '../../core/http/views.ts';
import { roleRefusals } from '../../core/record/define/decide.ts';
import { loadHeader, missing } from '../../core/record/read/load.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { done } from '../../core/refusal/refusal.ts';
import { useWorkaround } from './commands.ts';
import { offersFor, problemsFor } from './store.ts';
import { useOutcome, workaroundsView } from './views.ts';

const tag = 'Incidents';

type IncidentCall = Pick<Call<{ id: string }>, 'application' | 'caller' | 'params'>;

async function read({ application: { pool, registry }, caller: { principal }, params }: IncidentCall) {
  const header = await loadHeader(pool, principal, params.id);
  if (header?.type !== 'incident') return missing('incident', params.id);
  const { lifecycle } = serverRecord(registry, 'incident').definition;
  return done({
    knownErrors: await offersFor(pool, principal, header.id),
    problems: await problemsFor(pool, principal, header.id),
    mayUse:
      !lifecycle.states[header.state]?.final && !roleRefusals(lifecycle.edit.who, principal.grants, 'use it').length,
  });
}

/** What known errors add to incidents. */
export const knownErrorEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/incidents/{id}/workarounds',
    operationId: 'incident.workarounds',
    tag,
    status: 200,
    summary: 'Known errors that an incident looks like, with their workarounds, and problems that may have caused it',
    description:
      'Compares an incident with the known errors and open problems of its service, and answers with those that look like it, why, their workaround, and how each fared on this incident.',
    params: recordParams,
    response: workaroundsView,
    handle: read,
  }),
  endpoint({
    method: 'POST',
    path: '/incidents/{id}/workarounds',
    operationId: 'incident.use-workaround',
    writes: { type: 'known-error', moves: ['use', 'fail', 'take-back'] },
    refusals: ['known-error.incident-over', 'known-error.used-already', 'permission.role'],
    tag,
    status: 200,
    summary: 'Record that a workaround was used on an incident, and how it fared: counted once an incident',
    description:
      'Records that the workaround of a known error worked on this incident, or did not help. It counts once an incident; answers with what is offered as it then stands.',
    params: recordParams,
    idempotent: true,
    body: z.strictObject({ knownError: idText, outcome: useOutcome }),
    response: workaroundsView,
    handle: async (call) => {
      const { application, caller, params, body } = call;
      const attempt = { command: 'use workaround', type: 'incident' };
      const result = await act(application, caller, attempt, async (work) => ({
        id: await useWorkaround(work, { incident: params.id, ...body }),
      }));
      return result.ok ? read(call) : result;
    },
  }),
];
