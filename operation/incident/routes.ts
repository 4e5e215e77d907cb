import { endpoint } from '../../core/http/endpoint.ts';
import type { Call, Endpoint } from '../../core/http/endpoint.ts';
import { recordParams } from '../../core/http/views.ts';
import { loadHeader, missing } from '../../core/record/read/load.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import { done } from '../../core/refusal/refusal.ts';
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
];
