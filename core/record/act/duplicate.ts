import pg from 'pg';
import { refusal, refuse } from '../../refusal/refusal.ts';
import type { Refused } from '../../refusal/refusal.ts';

/** A value that another record has and only one may have: by convention its index is called `<type>_by_<field>`. Anything else is a bug. */
export function duplicate(error: unknown): Refused | undefined {
  if (!(error instanceof pg.DatabaseError) || error.code !== '23505') return undefined;
  const [, type, field] = /^(\w+)_by_(\w+)$/.exec(error.constraint ?? '') ?? [];
  if (!type || !field) return undefined;
  const what = type.replaceAll('_', ' ');
  return refuse(
    'conflict',
    refusal(
      'record.duplicate',
      `Another ${what} has this ${field} already.`,
      `Give another ${field}, or use that ${what}.`,
      field,
    ),
  );
}
