import type { WebModule } from '../../core/ui/registry.ts';
import { measurementRecord } from './value/record.ts';

/** What the screens know of it. */
export const measurementWeb: WebModule = {
  records: [measurementRecord],
};
