import { exceptionKey } from '../../core/clock/calendar.ts';
import { readCalendar } from '../../core/clock/read-calendar.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import type { AgreementDefinition } from '../../handover/facts/agreement-in-force.ts';
import type { agreementRecord } from './record.ts';

/** What an agreement's fields promise; its calendar must have been judged. */
export function definitionOf(fields: FieldsOf<typeof agreementRecord>): AgreementDefinition {
  const { calendar } = readCalendar(fields.calendar);
  if (!calendar) throw new Error('an agreement whose calendar was not judged cannot be put in force');
  return {
    calendar,
    targets: Object.fromEntries(
      (fields.targets ?? []).map((row) => [
        row.priority,
        { responseMinutes: row.responseMinutes ?? null, restoreMinutes: row.restoreMinutes ?? null },
      ]),
    ),
    pauseReasons: (fields.pauseReasons ?? []).map(({ reason }) => reason),
    reopen: fields.reopenPolicy ?? 'resume_excluding_gap',
    availabilityPercent: fields.availabilityTarget,
  };
}

/**
 * The definition with each exception that an amendment brings marked by when it became known: clocks that run by an earlier
 * version take it in, for days that begin after (model E.4.8). A first version knows all of its own.
 */
export function withRecorded(
  definition: AgreementDefinition,
  before: AgreementDefinition | undefined,
  now: number,
): AgreementDefinition {
  const { calendar } = definition;
  const known = new Map((before?.calendar.exceptions ?? []).map((each) => [exceptionKey(each), each.recordedAt]));
  const exceptions = calendar.exceptions.map(({ recordedAt: _given, ...each }) => {
    const recordedAt = known.has(exceptionKey(each)) || !before ? known.get(exceptionKey(each)) : now;
    return recordedAt === undefined ? each : { ...each, recordedAt };
  });
  return { ...definition, calendar: { ...calendar, exceptions } };
}
