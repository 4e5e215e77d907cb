import { z } from 'zod';

export const sourcesView = z.object({
  items: z.array(z.object({ system: z.string(), key: z.string(), readAt: z.iso.datetime({ offset: true }) })),
});
