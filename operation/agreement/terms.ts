// What an agreement in force says of the clocks of a case.
import type { Terms } from '../../core/clock/terms.ts';
import type { AgreementInForce, Priority } from '../../handover/facts/agreement-in-force.ts';

/** The terms that an agreement gives to a priority; a missing target gives no clock. */
export function termsOf({ agreementId, version, definition }: AgreementInForce, priority: string): Terms {
  const { targets, calendar, pauseReasons, reopen } = definition;
  const target = targets[priority as Priority]; // a word that is none has no targets
  const minutes = { response: target?.responseMinutes ?? null, restore: target?.restoreMinutes ?? null };
  return {
    id: agreementId,
    version,
    calendar,
    targets: Object.entries(minutes).flatMap(([kind, targetMinutes]) =>
      targetMinutes === null
        ? []
        : [{ kind, definition: { pauseReasons, reopen, warnAtPercent: [50, 80], targetMinutes } }],
    ),
  };
}
