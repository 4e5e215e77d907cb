import { z } from 'zod';
import type { Json } from '../../journal/format/hash.ts';

/**
 * Any JSON value. The API's document says no more of it: a schema that holds itself is more than generators of clients take,
 * and what comes as JSON holds nothing else.
 */
export const jsonValue = z
  .custom<Json>((value) => value !== undefined, 'is needed')
  .meta({ id: 'JsonValue', description: 'Any JSON value' });
