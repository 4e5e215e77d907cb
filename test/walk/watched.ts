import type pg from 'pg';
import type { Registry } from '../../core/record/define/work.ts';
import type { Client } from '../support/client.ts';

export interface Watched {
  pool: pg.Pool;
  registry: Registry;
  providerId: string;
  /** Sees everything. */
  reader: Client;
}

/** How often what was looked at. */
export interface Checked {
  decisions: number;
  services: number;
  targets: number;
}
