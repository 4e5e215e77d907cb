import type { WebModule } from '../../core/ui/registry.ts';
import { outcomeMeasurementRecord } from './value/record.ts';

/** What the screens know of it. */
export const measurementWeb: WebModule = {
  records: [outcomeMeasurementRecord],
};
