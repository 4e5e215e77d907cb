import { z } from 'zod';
import { idText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { done } from '../../core/refusal/refusal.ts';
import { figureScope } from '../measurement/index.ts';
import { matrixOf } from './read.ts';
import { cellSchema } from './views.ts';

export const matrixEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/measurement/matrix',
    operationId: 'measurement.matrix',
    refusals: ['measurement.not-yours', 'record.not-found'],
    refusesWith: [404],
    tag: 'Measurement',
    status: 200,
    summary:
      'The twelve cells: efficiency, effectiveness, cost-effectiveness and compliance of services, technology and processes',
    description:
      'Answers with each cell of the matrix for a service or all: its metrics, their newest figures against target, or why there is none.',
    query: z.object({ service: z.string().max(60).optional(), customer: idText.optional() }),
    response: z.object({ cells: z.array(cellSchema) }),
    handle: async ({ application, caller, query }) => {
      const scope = await figureScope(application, caller, query);
      return scope.ok ? done({ cells: await matrixOf(application.pool, scope.value) }) : scope;
    },
  }),
];
