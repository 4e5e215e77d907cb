import type { Trait } from '../trait.ts';
import { sourceEndpoints } from './endpoints.ts';
import { sourceBeside } from './store.ts';

/** Source: what other systems call a record by, so that what they tell of it finds it again. */
export const sourceTrait: Trait = { name: 'source', endpoints: sourceEndpoints, beside: sourceBeside };
