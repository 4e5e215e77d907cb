// Shapes of the program's own answers, which server, API document and screens share.
import { z } from 'zod';
import { idText, instantText } from '../core/names/forms.ts';

export const demoView = z
  .object({
    state: z.enum(['idle', 'running', 'finished', 'failed']),
    step: z.string().nullable(),
    steps: z.int(),
    done: z.int(),
    told: z.array(z.string()),
    fault: z.string().nullable(),
    provider: z.string().nullable(),
    wayIn: z
      .object({
        signIns: z.array(z.object({ name: z.string(), email: z.string(), role: z.string() })),
        password: z.string(),
      })
      .nullable()
      .describe('Whom to look around as; told to the one who started it, until the server stops'),
  })
  .meta({ id: 'Demo' });

const keyView = z.object({
  id: idText,
  person: idText,
  name: z.string(),
  prefix: z.string().describe('How its secret begins'),
  scopes: z.array(z.string()),
  createdAt: instantText,
  expiresAt: instantText.nullable(),
  revokedAt: instantText.nullable(),
  parent: idText.nullable().describe('The key that made it, and with which it ends'),
});
export const keyList = z.object({ items: z.array(keyView) });
export const accessView = keyList.extend({
  signsIn: z.boolean().describe('Whether it has a password'),
  secondFactor: z.boolean().describe('Whether signing in asks for a second factor as well'),
  mayLetIn: z.boolean().describe('Whether you make its one-time links'),
});
