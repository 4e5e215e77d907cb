import { z } from 'zod';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { recordParams } from '../../core/http/views.ts';
import type { Role } from '../../core/permission/role.ts';
import { loadHeader, missing } from '../../core/record/read/load.ts';
import { act } from '../../core/record/act/act.ts';
import { nowOf } from '../../core/record/define/work.ts';
import { done, refusal, refuse } from '../../core/refusal/refusal.ts';
import { isNews, tell } from './commands.ts';
import { dueMonths } from './store.ts';

const tellers: readonly Role[] = ['OPS', 'SLM'];

/** Operation need not wait for the hour. */
export const performanceEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/services/{id}/performances',
    operationId: 'service.tell-performance',
    refusals: ['permission.role'],
    tag: 'Service performances',
    status: 200,
    idempotent: true,
    summary: 'Hand over to Improvement what a service delivered in the months that are over and not told yet',
    description:
      'Hands over to Improvement, month by month and customer by customer, what a service delivered, where the month is over and was not told yet or late data altered it. Answers with how many months were told.',
    params: recordParams,
    response: z.object({ told: z.int() }),
    handle: async ({ application, caller, params }) => {
      const { principal } = caller;
      const service = await loadHeader(application.pool, principal, params.id);
      if (service?.type !== 'service') return missing('service', params.id);
      if (!principal.grants.some(({ role }) => tellers.includes(role)))
        return refuse(
          'forbidden',
          refusal(
            'permission.role',
            'Operation tells what was delivered.',
            `Ask someone with the role ${tellers.join(' or ')}.`,
          ),
        );
      const months = (await dueMonths(application.pool, nowOf(application, caller), service.id)).filter(isNews);
      const attempt = { command: 'tell-performance', type: 'service', id: service.id };
      // One transaction: an idempotency key stands for all of them.
      const outcome = await act(application, caller, attempt, async (work) => {
        for (const month of months) await tell(work, month);
        return { id: service.id };
      });
      if (!outcome.ok) return outcome;
      return done({ told: months.length });
    },
  }),
];
