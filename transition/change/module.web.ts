import type { WebModule } from '../../core/ui/registry.ts';
import { changeRecord } from './record.ts';

/** What the screens know of it. */
export const changeWeb: WebModule = {
  records: [changeRecord],
};
