import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { recordParams } from '../../core/http/views.ts';
import { loadHeader, missing } from '../../core/record/read/load.ts';
import { done } from '../../core/refusal/refusal.ts';
import { incidentsOf } from './store.ts';
import { causedView } from './views.ts';

/** The endpoints of a problem beyond those of every record and its traits. */
export const problemEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/problems/{id}/caused',
    operationId: 'problem.caused',
    tag: 'Problems',
    status: 200,
    summary: 'The incidents that a problem caused: how many of them you may see, and the newest',
    description:
      'Counts the incidents that are linked as caused by a problem and that you may see, and lists the newest of them.',
    params: recordParams,
    response: causedView,
    handle: async ({ application: { pool }, caller: { principal }, params: { id } }) => {
      const header = await loadHeader(pool, principal, id);
      if (header?.type !== 'problem') return missing('problem', id);
      return done(await incidentsOf(pool, principal, header.id));
    },
  }),
];
