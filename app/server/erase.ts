// Erasing a person: its account, keys and one-time links end with its rights and its personal values, in one transaction.
import { z } from 'zod';
import { idText } from '../../core/names/forms.ts';
import { endpoint } from '../../core/http/endpoint.ts';
import type { Endpoint } from '../../core/http/endpoint.ts';
import { erasePerson } from '../../core/party/erase-person.ts';
import { keepsPerson, otherSide } from '../../core/party/keeps-person.ts';
import type { Caller } from '../../core/permission/principal.ts';
import { loadHeader, missing } from '../../core/record/read/load.ts';
import { act } from '../../core/record/act/act.ts';
import type { Application } from '../../core/record/define/work.ts';
import { done, refuse } from '../../core/refusal/refusal.ts';
import type { Outcome } from '../../core/refusal/refusal.ts';
import { endSignIn } from './store/accounts.ts';

export function eraseEndpoint(): Endpoint {
  return endpoint({
    method: 'POST',
    path: '/people/{id}/erasure',
    operationId: 'person.erase',
    refusals: ['permission.other-side', 'permission.role', 'person.last-administrator', 'person.only-decider'],
    tag: 'People',
    status: 200,
    summary: 'Erase a person for good: its personal values, account, keys and rights; what it did stays',
    description:
      'Erases the personal values of a person for good, with its account, keys and rights. The journal keeps commitments in their place, so that what was done stays provable. Answers with its id.',
    params: z.object({ id: idText }),
    body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
    response: z.object({ id: idText }),
    handle: async ({ application, caller, params, body }) => {
      const { principal } = caller;
      const person = await loadHeader(application.pool, principal, params.id);
      if (!person || person.type !== 'person') return missing('person', params.id);
      if (!(await keepsPerson(application.pool, principal, { id: person.id, act: 'keep' })))
        return refuse('forbidden', otherSide('erased'));
      return erase(application, caller, { id: person.id, reason: body.reason });
    },
  });
}

/** Erases a person in the name of who may; the caller has made sure of that. */
export async function erase(
  application: Application,
  caller: Caller,
  { id, reason }: { id: string; reason: string },
): Promise<Outcome<{ id: string }>> {
  const outcome = await act(application, caller, { command: 'erase person', type: 'person', id }, async (work) => {
    await erasePerson(work, id, reason);
    await endSignIn(work.client, { providerId: caller.principal.providerId, id, now: work.now });
    return { id };
  });
  return outcome.ok ? done({ id }) : outcome;
}
