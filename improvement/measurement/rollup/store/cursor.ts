import { nilUuid } from '../../../../core/record/define/id.ts';
import type pg from 'pg';

export const nil = `'${nilUuid}'::uuid`;

export const stepSources = "(values ('steps'), ('observed')) as k (source)";

/** How far a reader came: by transaction, then by number. Behind the oldest open transaction that order gains nothing, whatever number is taken when. */
export interface Place {
  transaction: string;
  place: number;
}

/** Locks a cursor for the transaction, made at the first time; another process that works on it is waited for. */
export async function lockCursor(client: pg.PoolClient, name: string): Promise<Place> {
  await client.query('insert into improvement.cursor (name, place) values ($1, 0) on conflict do nothing', [name]);
  const { rows } = await client.query<Place>(
    'select transaction, place from improvement.cursor where name = $1 for update',
    [name],
  );
  return rows[0] ?? { transaction: '0', place: 0 };
}

export async function setCursor(client: pg.PoolClient, name: string, { transaction, place }: Place): Promise<void> {
  await client.query('update improvement.cursor set transaction = $2, place = $3 where name = $1', [
    name,
    transaction,
    place,
  ]);
}
