import { randomUUIDv7 } from 'node:crypto';
import type { RecordData } from '../../core/record/data.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import type { Moving, Work } from '../../core/record/work.ts';
import type { Priority } from '../../handover/facts/agreement-in-force.ts';
import { fromNow, sinceLogged } from './anew.ts';
import { clockDefinitions, isDropped, replaced, unledKinds } from './clock.ts';
import type { IncidentClock, Replacement } from './clock.ts';
import { agreementOf } from './store/clocks.ts';

/**
 * The clocks under another priority, replaced as the reason says (domain E.4.7): breaches stay, and easing a target of which
 * 80 % has elapsed is for the incident manager, not the assignee. The same priority leaves them alone. Refuses by `stop`.
 */
export async function otherPriority(
  work: Work,
  { before, after, input }: Moving,
  clocks: readonly IncidentClock[],
): Promise<IncidentClock[]> {
  if (['impact', 'urgency'].every((name) => before.fields[name] === after.fields[name])) stop(asBefore);
  const { priority } = after.fields;
  if (priority === before.fields['priority']) return [...clocks];
  const agreement = await agreementOf(work.client, after);
  const wanted =
    agreement && typeof priority === 'string' ? clockDefinitions(agreement.definition, priority as Priority) : []; // a choice field
  const reason = input.reasonCode as Replacement['reason']; // one of the move's reasons
  const how = { at: Date.parse(work.now), reason, newId: randomUUIDv7 };
  const results = clocks.map((clock) => {
    if (isDropped(clocks, clock)) return { clocks: [clock], needsApproval: false };
    return replaced(clock, { ...how, definition: wanted.find(({ kind }) => kind === clock.kind)?.definition });
  });
  checkEasing(work, before, results);
  const led = results.flatMap((result) => result.clocks);
  if (!agreement) return led;
  const asked = { agreement, kinds: unledKinds(clocks, wanted) };
  const anew = reason === 'misclassified' ? await sinceLogged(work, after, asked) : fromNow(work, after, asked);
  return [...led, ...anew];
}

const asBefore = refuse(
  'refused',
  refusal(
    'incident.priority-as-before',
    'Impact and urgency are as they were.',
    'Choose another impact or urgency, or leave the priority as it is.',
    'impact',
  ),
);

/** Easing a target that is nearly used is for the incident manager, by whichever move it is eased. Refuses by `stop`. */
export function checkEasing(work: Work, incident: RecordData, results: readonly { needsApproval: boolean }[]): void {
  if (!results.some(({ needsApproval }) => needsApproval)) return;
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
