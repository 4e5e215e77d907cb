import { z } from 'zod';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Call, Endpoint } from '../../core/http/endpoint.ts';
import { headerSchema, recordParams } from '../../core/http/views.ts';
import { idText } from '../../core/names/forms.ts';
import { act } from '../../core/record/act/act.ts';
import { toHeader } from '../../core/record/define/data.ts';
import { uuidForm } from '../../core/record/define/id.ts';
import { loadHeader, missing } from '../../core/record/read/load.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { done } from '../../core/refusal/refusal.ts';
import { logAgain } from './log-again.ts';
import type { LoggedAgain } from './log-again.ts';
import { openOnComponent, similarTo } from './store/around.ts';
import { aroundView } from './views.ts';

const tag = 'Incidents';
type IncidentCall = Pick<Call<{ id: string }>, 'application' | 'caller' | 'params'>;

async function findIncident({ application, caller, params }: IncidentCall) {
  const header = await loadHeader(application.pool, caller.principal, params.id);
  return header?.type === 'incident' ? { id: header.id, providerId: caller.principal.providerId } : undefined;
}

async function readAround(call: IncidentCall) {
  const incident = await findIncident(call);
  if (!incident) return missing('incident', call.params.id);
  const { pool, registry } = call.application;
  const { principal } = call.caller;
  const { states } = serverRecord(registry, 'change').definition.lifecycle;
  const open = Object.entries(states).flatMap(([name, state]) => (state.final ? [] : [name]));
  return done({
    similar: await similarTo(pool, principal, incident.id),
    open: await openOnComponent(pool, principal, incident.id, open),
  });
}

async function logCaseAgain({ application, caller, params: { id }, body }: IncidentCall & Pick<Call, 'body'>) {
  const attempt = { command: 'log-again', type: 'incident', ...(uuidForm.test(id) ? { id } : {}) };
  const outcome = await act(application, caller, attempt, async (work) => ({
    id: await logAgain(work, id, body as LoggedAgain), // parsed by the schema below
  }));
  if (!outcome.ok) return outcome;
  const made = await loadHeader(application.pool, caller.principal, outcome.value.id);
  return made ? done(toHeader(made)) : missing('incident', outcome.value.id);
}

const params = recordParams;

/** The endpoints of an incident beyond those of every record and its traits: what is known around it. */
export const incidentEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/incidents/{id}/around',
    operationId: 'incident.around',
    tag,
    status: 200,
    summary: 'What is known around an incident: cases like it, and what is open on its component',
    description: 'Lists, for an incident, resolved cases that read like it, and what is open on its component.',
    params,
    response: aroundView,
    handle: readAround,
  }),
  endpoint({
    method: 'POST',
    path: '/incidents/{id}/log-again',
    operationId: 'incident.log-again',
    tag,
    status: 201,
    summary: 'Cancel an incident that was logged for the wrong customer, and log it for the right one',
    description:
      'Cancels the incident and logs it for another customer in one act, in words given anew: nothing of it is copied, and neither customer reads anything of the other. Answers with the new one.',
    params,
    idempotent: true,
    writes: { type: 'incident', creates: true, moves: ['cancel'] },
    refusals: ['incident.same-customer', 'note.audience', 'record.version'],
    body: z.strictObject({
      expectedVersion: z.int32().min(1),
      customer: idText,
      title: z.string().trim().min(1).max(300),
      description: z.string().max(20_000).nullable().optional(),
      service: idText,
      impact: z.enum(['1', '2', '3', '4']).nullable().optional(),
      urgency: z.enum(['high', 'medium', 'low']).nullable().optional(),
    }),
    response: headerSchema,
    handle: logCaseAgain,
  }),
];
