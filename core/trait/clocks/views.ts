// Shapes of the answers about clocks.
import { z } from 'zod';
import { idText, instantText } from '../../names/forms.ts';

export const clockView = z
  .object({
    id: idText,
    kind: z.string(),
    state: z.enum(['not_started', 'running', 'paused', 'met', 'breached_running', 'breached_stopped', 'cancelled']),
    terms: idText.describe('The record that says what it measures by'),
    termsVersion: z.int(),
    zone: z.string().describe('Time zone of its calendar'),
    targetMinutes: z.number(),
    elapsedBusinessMinutes: z.number(),
    elapsedActualMinutes: z.number(),
    remainingMinutes: z.number(),
    startedAt: instantText.nullable(),
    dueAt: instantText.nullable(),
    breachedAt: instantText.nullable(),
    stoppedAt: instantText.nullable(),
    inWords: z.array(
      z.object({
        from: instantText,
        to: instantText,
        kind: z.enum(['working', 'outside_hours', 'paused']),
        reason: z.string().nullable(),
        minutes: z.number(),
        words: z.string(),
      }),
    ),
  })
  .meta({ id: 'Clock' });

/** What the clocks of a record show at an instant. */
export const clocksSchema = z.object({ at: instantText, items: z.array(clockView) });
