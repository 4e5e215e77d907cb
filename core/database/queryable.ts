import type pg from 'pg';

/** A pool or a client of it: whatever runs one statement. */
export type Queryable = Pick<pg.ClientBase, 'query'> | Pick<pg.Pool, 'query'>;
