import { z } from 'zod';
import { idText, instantText } from '../../names/forms.ts';

export const fileView = z
  .object({
    id: idText,
    name: z.string().nullable().describe('Null once erased'),
    audience: z.enum(['public', 'internal']),
    size: z.int(),
    sha256: z.string(),
    kind: z.string().nullable().describe('What its bytes say that it is; null where they say nothing known'),
    declared: z.string().nullable().describe('What its giver said that it is'),
    by: idText,
    at: instantText,
    gone: z
      .object({ how: z.enum(['removed', 'erased']), by: idText, at: instantText })
      .nullable()
      .describe('Why its bytes are not there any more'),
    isEvidence: z.boolean().describe('Evidence rests on it: it stays'),
  })
  .meta({ id: 'File' });
