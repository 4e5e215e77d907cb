// Another target for clocks that run: what was promised before stands, and easing it late is not for everybody.
import { randomUUIDv7 } from 'node:crypto';
import type { RecordData } from '../../record/define/data.ts';
import type { Moving, Work } from '../../record/define/work.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import { fromNow, sinceOpened } from './anew.ts';
import { isDropped, replaced, unledKinds } from './clock.ts';
import type { RecordClock, Replacement } from './clock.ts';
import type { Clocked } from './clocked.ts';

/** The reasons for which a target is replaced, by which it is told when the new one counts from (model E.4.7). */
export const isReplacement = (code: string | null | undefined): code is Replacement['reason'] =>
  code === 'misclassified' || code === 'impact_changed';

/**
 * The clocks under another target, replaced as the reason says (model E.4.7): breaches stay, and easing a target of which 80 %
 * has elapsed is for who may. The same target leaves them alone. Refuses by `stop`.
 */
export async function retargeted(
  work: Work,
  of: Clocked,
  { before, after, reason }: Pick<Moving, 'before' | 'after'> & { reason: Replacement['reason'] },
  clocks: readonly RecordClock[],
): Promise<RecordClock[]> {
  if (of.trait.by.every((name) => before.fields[name] === after.fields[name])) return [...clocks];
  const terms = await of.record.terms?.(work.client, after);
  const wanted = terms?.targets ?? [];
  const how = { at: Date.parse(work.now), reason, newId: randomUUIDv7 };
  const results = clocks.map((clock) => {
    if (isDropped(clocks, clock)) return { clocks: [clock], needsApproval: false };
    return replaced(clock, { ...how, definition: wanted.find(({ kind }) => kind === clock.kind)?.definition });
  });
  checkEasing(work, of, before, results);
  const led = results.flatMap((result) => result.clocks);
  if (!terms) return led;
  const asked = { terms, kinds: unledKinds(clocks, wanted) };
  const anew = reason === 'misclassified' ? await sinceOpened(work, of, after, asked) : fromNow(work, of, after, asked);
  return [...led, ...anew];
}

/** Easing a target that is nearly used is for few, by whichever act it is eased. Refuses by `stop`. */
export function checkEasing(
  work: Work,
  { trait: { eases } }: Clocked,
  data: RecordData,
  results: readonly { needsApproval: boolean }[],
): void {
  if (!results.some(({ needsApproval }) => needsApproval)) return;
  const { principal } = work.caller;
  const may = principal.grants.some(({ role }) => eases.roles.includes(role));
  if (may && data.fields[eases.notIn] !== principal.id) return;
  const { roles } = work.application.registry;
  const who = eases.roles.map((role) => (roles.get(role)?.label ?? role).toLowerCase()).join(' or ');
  const { [eases.notIn]: barred } = work.application.registry.records.get(data.type)?.definition.fields ?? {};
  stop(
    refuse(
      'forbidden',
      refusal(
        'clock.easing',
        `At least 80 % of the target has elapsed: easing it now needs the ${who}.`,
        `Ask the ${who}, who must not be its ${barred?.label.toLowerCase() ?? eases.notIn}.`,
      ),
    ),
  );
}
