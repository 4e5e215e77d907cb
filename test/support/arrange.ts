import { systemPrincipal } from '../../core/permission/principal.ts';
import { create } from '../../core/record/edit/create.ts';
import type { CreateInput } from '../../core/record/edit/create.ts';
import { act } from '../../core/record/act/act.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { TestApplication } from './application.ts';

/** A record that stands where the steps before it would have led, which other tests walk. */
export async function arranged(
  { application, providerId }: TestApplication,
  type: string,
  input: CreateInput,
  state?: string,
): Promise<string> {
  const principal = systemPrincipal(providerId, 'test arrangement', null);
  const caller = { principal, channel: 'job' as const, requestId: 'arrange' };
  const outcome = await act(application, caller, { command: 'arrange' }, (work) =>
    create(work, serverRecord(application.registry, type), input, { byCommand: true, ...(state ? { state } : {}) }),
  );
  if (!outcome.ok) throw new Error(outcome.refusals.map((each) => each.sentence).join(' '));
  return outcome.value.id;
}
