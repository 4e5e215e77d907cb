import { z } from 'zod';
import { instantText } from '../../names/forms.ts';

export const sourcesView = z.object({
  items: z.array(z.object({ system: z.string(), key: z.string(), readAt: instantText })),
});
