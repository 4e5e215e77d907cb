// A calendar as somebody gives it. Pure.
import { z } from 'zod';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { checkCalendar } from './calendar.ts';
import type { Calendar } from './calendar.ts';

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
          'calendar.form',
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
