// What a condition must say before a decision is made on it.
import { principalOfPerson } from '../../permission/resolve.ts';
import { refuseUnknown } from '../../record/edit/edit.ts';
import { loadHeader } from '../../record/read/load.ts';
import type { Work } from '../../record/define/work.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';

export interface ConditionInput {
  text: string;
  owner?: string | null;
  dueAt?: string | null;
  blocks?: string | null;
}

interface Made {
  /** The gate at which the decision is made. */
  gate: string;
  subject: string;
  conditions: readonly ConditionInput[];
}

/**
 * A condition has an owner who can keep it, a day to come, and closes a later gate or none: else it binds nobody, or nothing.
 * Refuses by `stop`.
 */
export async function checkConditions(work: Work, made: Made): Promise<void> {
  const refusals = made.conditions.flatMap((each, index) => unfit(work, made.gate, each, `conditions.${index}`));
  if (refusals.length) stop(refuse('invalid', ...refusals));
  const owners = made.conditions.flatMap(({ owner }, index) =>
    owner ? [{ field: `conditions.${index}.owner`, id: owner, types: ['person'] }] : [],
  );
  await refuseUnknown(work, owners);
  for (const { field, id } of owners)
    if (!(await sees(work, id, made.subject)))
      stop(
        refuse(
          'invalid',
          refusal(
            'decision.condition-owner',
            'The owner of a condition has no right to see what it is about.',
            'Name somebody who sees it.',
            field,
          ),
        ),
      );
}

function unfit({ application, now }: Work, gate: string, condition: ConditionInput, at: string): Refusal[] {
  const { owner, dueAt, blocks } = condition;
  const { gates } = application.registry;
  return [
    ...(owner
      ? []
      : [refusal('decision.condition-owner', 'A condition has an owner.', 'Name who sees to it.', `${at}.owner`)]),
    ...(dueAt && Date.parse(dueAt) > Date.parse(now)
      ? []
      : [
          refusal(
            'decision.condition-due',
            'A condition is due on a day to come.',
            'Say by when it is met; after that it lapses.',
            `${at}.dueAt`,
          ),
        ]),
    ...(!blocks || (gates.has(blocks) && blocks !== gate)
      ? []
      : [
          refusal(
            'decision.condition-gate',
            gates.has(blocks)
              ? `A condition cannot block ${blocks}, the gate at which it is made.`
              : `A condition blocks ${blocks}, which is no gate.`,
            'Name a later gate that it blocks, or none.',
            `${at}.blocks`,
          ),
        ]),
  ];
}

async function sees({ application, client, caller, now }: Work, id: string, subject: string): Promise<boolean> {
  const person = { providerId: caller.principal.providerId, id };
  const principal = await principalOfPerson(client, application.registry.roles, person, now);
  return principal !== undefined && (await loadHeader(client, principal, subject)) !== undefined;
}
