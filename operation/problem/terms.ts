// What a problem is measured by: the provider's own standard of work that was in force when it was logged.
import type { Terms } from '../../core/clock/terms.ts';
import type { Queryable } from '../../core/database/queryable.ts';
import type { RecordOf } from '../../core/record/define/data.ts';
import { standardAt, standardTerms } from '../work-standard/index.ts';
import type { problemRecord } from './record.ts';

export async function problemTerms(
  client: Queryable,
  { providerId, fields: { loggedAt, priority } }: RecordOf<typeof problemRecord>,
): Promise<Terms | undefined> {
  if (loggedAt === null || priority === null) return undefined;
  const standard = await standardAt(client, { providerId, of: 'problem', at: loggedAt });
  return standard && standardTerms(standard, 'analysis', priority);
}
