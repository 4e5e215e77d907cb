import { randomUUIDv7 } from 'node:crypto';
import { roleRefusals } from '../../core/lifecycle/decide.ts';
import type { RecordData } from '../../core/record/data.ts';
import { lock } from '../../core/record/load.ts';
import { save } from '../../core/record/save.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { serverRecord } from '../../core/record/work.ts';
import type { Work } from '../../core/record/work.ts';
import { clockDefinitions, replaced } from './clock.ts';
import { keepClocks } from './commands.ts';
import { openStates } from './lifecycle.ts';
import { priorityOf } from './priority.ts';
import { agreementAt, clocksOf } from './store/clocks.ts';

export interface NewPriority {
  expectedVersion: number;
  impact: string;
  urgency: string;
  reasonCode: 'misclassified' | 'impact_changed';
  reason: string;
}

/**
 * Sets another priority, with a reason, and replaces the clocks as that reason says (domain E.4.7): breaches stay, and
 * easing a target of which 80 % has elapsed is for the incident manager, not the assignee. Refuses by `stop`.
 */
export async function setPriority(work: Work, name: string, input: NewPriority): Promise<RecordData> {
  const record = serverRecord(work.application.registry, 'incident');
  const incident = await lock(work, record, name, input.expectedVersion);
  const refusals = roleRefusals(['SDK', 'INM', 'OPS'], work.caller.principal.grants, 'set another priority');
  if (refusals.length) stop(refuse('forbidden', ...refusals));
  if (!openStates.some((state) => state === incident.state))
    stop(
      refuse(
        'refused',
        refusal('incident.not-open', `${incident.ref} is ${incident.state}.`, 'Reopen it, or log a new one.'),
      ),
    );
  const priority = priorityOf(input.impact, input.urgency);
  const after = await save(work, record, incident, {
    fields: { impact: input.impact, urgency: input.urgency, priority },
    entry: { kind: 'edited', reason: input.reason, reasonCode: input.reasonCode },
  });
  const agreement = await agreementOf(work, after);
  const clocks = await clocksOf(work.client, after);
  const wanted = agreement && priority ? clockDefinitions(agreement.definition, priority) : [];
  const results = clocks.map((clock) =>
    replaced(clock, {
      at: Date.parse(work.now),
      reason: input.reasonCode,
      definition: wanted.find(({ kind }) => kind === clock.kind)?.definition,
      newId: randomUUIDv7,
    }),
  );
  if (results.some(({ needsApproval }) => needsApproval)) checkApprover(work, incident);
  return keepClocks(
    work,
    after,
    results.flatMap((result) => result.clocks),
  );
}

async function agreementOf(work: Work, incident: RecordData) {
  const { service, loggedAt } = incident.fields;
  if (typeof service !== 'string') return undefined;
  const { providerId, customers } = incident;
  return agreementAt(work.client, { providerId, service, customers, at: String(loggedAt) });
}

function checkApprover(work: Work, incident: RecordData): void {
  const { principal } = work.caller;
  const manages = principal.grants.some(({ role }) => role === 'INM');
  if (manages && incident.fields['assignee'] !== principal.id) return;
  stop(
    refuse(
      'forbidden',
      refusal(
        'incident.downgrade',
        'At least 80 % of the target has elapsed: easing it now needs the incident manager.',
        'Ask an incident manager who is not the assignee.',
      ),
    ),
  );
}
