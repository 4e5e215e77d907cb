// Shapes of the answers about clocks.
import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });
export const clockView = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    state: z.enum(['not_started', 'running', 'paused', 'met', 'breached_running', 'breached_stopped', 'cancelled']),
    terms: z.uuid().describe('The record that says what it measures by'),
    termsVersion: z.int(),
    zone: z.string().describe('Time zone of its calendar'),
    targetMinutes: z.number(),
    elapsedBusinessMinutes: z.number(),
    elapsedActualMinutes: z.number(),
    remainingMinutes: z.number(),
    startedAt: instant.nullable(),
    dueAt: instant.nullable(),
    breachedAt: instant.nullable(),
    stoppedAt: instant.nullable(),
    inWords: z.array(
      z.object({
        from: instant,
        to: instant,
        kind: z.enum(['working', 'outside_hours', 'paused']),
        reason: z.string().nullable(),
        minutes: z.number(),
        words: z.string(),
      }),
    ),
  })
  .meta({ id: 'Clock' });

/** What the clocks of a record show at an instant. */
export const clocksSchema = z.object({ at: instant, items: z.array(clockView) });
