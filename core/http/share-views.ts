// The shape of what is asked about who shares in a record.
import { z } from 'zod';
import { idText } from '../names/forms.ts';
import { names, refusalSchema } from './views.ts';

export const sharesSchema = z.object({
  items: z.array(
    z.object({
      id: idText,
      kind: z.enum(['join', 'leave']),
      state: z.enum(['asked', 'done', 'declined', 'withdrawn']),
      customer: idText,
      customerName: z.string(),
      reason: z.string(),
      askedBy: idText,
      askedAt: z.string(),
      since: z.string().nullable().describe('Since when the customer sees it; nothing of what was before'),
      waitsFor: z.array(idText).describe('Whose consent is missing, as far as you may know them'),
      mine: z.boolean().describe('Your consent is one of those that are missing'),
      mayDecline: z.boolean().describe('You may say no, also after you consented, until it is done'),
    }),
  ),
  mayAsk: z.object({ allowed: z.boolean(), refusals: z.array(refusalSchema) }),
  names,
});

export const waitingSharesSchema = z.object({
  items: z.array(
    z.object({
      id: idText,
      kind: z.enum(['join', 'leave']),
      customerName: z.string().describe('Who is to come on, or to be let go'),
      reason: z.string(),
      askedBy: idText,
      askedAt: z.string(),
      record: z.object({ id: idText, ref: z.string(), title: z.string(), type: z.string() }),
    }),
  ),
  names,
});
