import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });

export const fileView = z
  .object({
    id: z.uuid(),
    name: z.string().nullable().describe('Null once erased'),
    audience: z.enum(['public', 'internal']),
    size: z.int(),
    sha256: z.string(),
    kind: z.string().nullable().describe('What its bytes say that it is; null where they say nothing known'),
    declared: z.string().nullable().describe('What its giver said that it is'),
    by: z.uuid(),
    at: instant,
    gone: z
      .object({ how: z.enum(['removed', 'erased']), by: z.uuid(), at: instant })
      .nullable()
      .describe('Why its bytes are not there any more'),
    isEvidence: z.boolean().describe('Evidence rests on it: it stays'),
  })
  .meta({ id: 'File' });
