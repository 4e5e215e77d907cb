// Expected failures as application/problem+json (RFC 9457) with a stable code and all refusals together.
import { z } from 'zod';
import { idText } from '../names/forms.ts';
import type { Refused, RefusalKind } from '../refusal/refusal.ts';
import { lookup } from '../names/lookup.ts';

const statusOf: Record<RefusalKind, number> = lookup({
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  refused: 409,
  too_many: 429,
  unavailable: 503,
  no_room: 507,
  too_large: 413,
});
const titleOf: Record<RefusalKind, string> = lookup({
  invalid: 'The input is not valid',
  unauthenticated: 'Sign in first',
  forbidden: 'You may not do this',
  not_found: 'Not found',
  conflict: 'Somebody was quicker',
  refused: 'Refused',
  too_many: 'Too many calls',
  unavailable: 'The database does not answer',
  no_room: 'No room is left',
  too_large: 'Too large',
});

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int32(),
    code: z.string(),
    detail: z.string(),
    refusals: z.array(
      z.object({
        code: z.string(),
        sentence: z.string(),
        hint: z.string(),
        field: z.string().optional(),
        times: z.array(z.string()).readonly().optional(),
      }),
    ),
    currentVersion: z.int32().optional(),
    altered: z
      .array(
        z.object({
          part: z.string(),
          value: z.unknown(),
          version: z.int32(),
          by: idText.nullable(),
          byName: z.string().nullable(),
          at: z.string(),
        }),
      )
      .optional()
      .describe('With record.version: the parts of the record altered since the version you named, as they stand now'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;

export function problem(refused: Refused): Problem {
  const first = refused.refusals[0];
  return {
    type: 'about:blank',
    title: titleOf[refused.kind],
    status: statusOf[refused.kind],
    code: first?.code ?? refused.kind,
    detail: first ? `${first.sentence} ${first.hint}` : titleOf[refused.kind],
    refusals: refused.refusals,
    ...(refused.currentVersion === undefined ? {} : { currentVersion: refused.currentVersion }),
    ...(refused.altered === undefined ? {} : { altered: refused.altered }),
  };
}
