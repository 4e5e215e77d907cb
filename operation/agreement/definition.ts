import { z } from 'zod';
import type { Calendar } from '../../core/clock/calendar.ts';
import { checkCalendar, exceptionKey } from '../../core/clock/calendar.ts';
import type { FieldsOf } from '../../core/record/define.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import type { AgreementDefinition } from '../../handover/facts/agreement-in-force.ts';
import type { agreementRecord } from './record.ts';

const hours = z.array(z.strictObject({ from: z.string().max(8), to: z.string().max(8) })).max(10);
const knownSince = { name: z.string().max(200).optional(), recordedAt: z.number().optional() };
const calendarForm = z.strictObject({
  zone: z.string().max(60),
  versions: z
    .array(
      z.strictObject({
        effectiveFrom: z.string().nullable(),
        weekly: z.partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), hours),
      }),
    )
    .min(1)
    .max(50),
  exceptions: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('holiday'),
          from: z.string(),
          to: z.string(),
          everyYear: z.boolean().optional(),
          ...knownSince,
        }),
        z.strictObject({ kind: z.literal('extra_day'), date: z.string(), hours, ...knownSince }),
        z.strictObject({ kind: z.literal('changed_hours'), from: z.string(), to: z.string(), hours, ...knownSince }),
      ]),
    )
    .max(1000),
});

/** The service hours, or everything that keeps them from being computed with. */
export function readCalendar(given: unknown): { calendar: Calendar | null; refusals: Refusal[] } {
  const parsed = calendarForm.safeParse(given);
  if (!parsed.success)
    return {
      calendar: null,
      refusals: parsed.error.issues.map((issue) =>
        refusal(
          'agreement.calendar',
          `The service hours are no calendar: ${[...issue.path, issue.message].join(' ')}.`,
          'Give zone, versions of weekly hours, and exceptions.',
          'calendar',
        ),
      ),
    };
  const calendar = parsed.data as Calendar; // the form is Calendar; absent options stand as undefined
  const refusals = checkCalendar(calendar);
  return { calendar: refusals.length ? null : calendar, refusals };
}

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
