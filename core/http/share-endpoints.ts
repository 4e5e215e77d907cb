// With whom a record is shared: asked, consented to, withdrawn.
import { z } from 'zod';
import { idText } from '../names/forms.ts';
import { act } from '../record/act/act.ts';
import type { Work } from '../record/define/work.ts';
import { uuidForm } from '../record/define/id.ts';
import { done } from '../refusal/refusal.ts';
import { sharesPage } from '../share/page.ts';
import { sharesWaiting } from '../share/waiting.ts';
import { answerShare, askShare, withdrawShare } from '../share/share.ts';
import { endpoint } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { sharesSchema, waitingSharesSchema } from './share-views.ts';
import { recordParams } from './views.ts';

const tag = 'Sharing';
const reason = z.string().trim().min(1).max(2000);
const shareParams = z.object({ id: idText });

const sharedSchema = z.object({ record: idText });

/** Runs an act about who shares in a record, and answers with the record's id: who let go of it does not see it any more. */
async function sharing(
  { application, caller }: Pick<Call, 'application' | 'caller'>,
  { command, id }: { command: string; id?: string },
  run: (work: Work) => Promise<string>,
) {
  const attempt = { command, ...(id !== undefined && uuidForm.test(id) ? { id } : {}) };
  const outcome = await act(application, caller, attempt, async (work) => ({ id: await run(work) }));
  return outcome.ok ? done({ record: outcome.value.id }) : outcome;
}

export const shareEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/shares/waiting',
    operationId: 'share.waiting',
    tag,
    status: 200,
    summary: 'What is asked about who shares in records, and waits for your consent',
    description:
      'Lists up to fifty questions that wait for the consent of a customer you may consent for, those that wait longest first: about which record, who asked and why.',
    response: waitingSharesSchema,
    handle: ({ application, caller }) => sharesWaiting(application, caller),
  }),
  endpoint({
    method: 'GET',
    path: '/records/{id}/shares',
    operationId: 'share.list',
    tag,
    status: 200,
    summary: 'Who is asked to share in a record, and whose consent is missing',
    description:
      'Lists what was asked about who shares in a record, newest first: by whom and why, whose consent is missing, whether yours is, and since when a customer sees it.',
    params: recordParams,
    response: sharesSchema,
    handle: ({ application, caller, params }) => sharesPage(application, caller, params.id),
  }),
  endpoint({
    method: 'POST',
    path: '/records/{id}/shares',
    operationId: 'share.ask',
    tag,
    status: 201,
    summary: 'Ask that a customer comes to share in a record, or no longer does',
    description:
      'Asks it with a reason. A record that no customer shares in yet is shared at once; else every customer on it consents first, and the new one sees nothing of what was before. A customer is let go with its own consent, and only while it said nothing there.',
    params: recordParams,
    body: z.strictObject({ kind: z.enum(['join', 'leave']).default('join'), customer: idText, reason }),
    response: sharedSchema,
    idempotent: true,
    anyType: true,
    refusals: ['share.acted', 'share.already', 'share.asked', 'share.left', 'share.not-on', 'share.party'],
    handle: (call) =>
      sharing(call, { command: 'ask share', id: call.params.id }, (work) => askShare(work, call.params.id, call.body)),
  }),
  endpoint({
    method: 'POST',
    path: '/shares/{id}/answer',
    operationId: 'share.answer',
    tag,
    status: 200,
    scope: 'decide',
    summary: 'Consent for your organisation, or not',
    description:
      'Says for a customer on the record whether it consents. The last consent lets it happen; one refusal ends what was asked.',
    params: shareParams,
    body: z.strictObject({ consents: z.boolean(), reason }),
    response: sharedSchema,
    idempotent: true,
    anyType: true,
    refusals: ['share.acted', 'share.closed', 'share.not-yours'],
    handle: (call) =>
      sharing(call, { command: 'answer share' }, (work) => answerShare(work, call.params.id, call.body)),
  }),
  endpoint({
    method: 'POST',
    path: '/shares/{id}/withdraw',
    operationId: 'share.withdraw',
    tag,
    status: 200,
    summary: 'Take back what was asked about who shares in a record',
    description: 'Ends what was asked, with a reason, while it still waits for consent.',
    params: shareParams,
    body: z.strictObject({ reason }),
    response: sharedSchema,
    idempotent: true,
    anyType: true,
    refusals: ['share.closed', 'share.party'],
    handle: (call) =>
      sharing(call, { command: 'withdraw share' }, (work) => withdrawShare(work, call.params.id, call.body.reason)),
  }),
];
