import { z } from 'zod';
import { instantText } from '../../../core/names/forms.ts';

const bytes = z.number().describe('In bytes');
const seconds = z.number().describe('In seconds');

/** How the installation stands, for its administrators. */
export const healthSchema = z.object({
  version: z.string(),
  node: z.string(),
  timeZones: z.string(),
  database: z.string(),
  databaseProtectsJournal: z.boolean(),
  disk: z.object({ free: bytes, size: bytes }),
  checkpoints: z.object({
    at: instantText.nullable(),
    uncovered: z.int().describe('Entries that no checkpoint covers yet, 1,000 at most'),
    uncoveredSince: instantText.nullable(),
  }),
  oldestTransaction: z
    .object({
      process: z.int().nullable(),
      database: z.string().nullable(),
      login: z.string().nullable(),
      program: z.string().nullable(),
      seconds: seconds.nullable(),
    })
    .nullable()
    .describe(
      'The transaction that has been open for longest, anywhere in the cluster: readers of the journal wait for it',
    ),
  readers: z.array(z.object({ name: z.string(), behind: z.int().describe('Entries not taken yet, 1,000 at most') })),
  queue: z.object({ waiting: z.int(), seconds }),
  jobs: z.array(
    z.object({
      name: z.string(),
      every: z.enum(['minute', 'hour', 'day']),
      state: z.string().nullable(),
      lastAt: instantText.nullable(),
      nextAt: instantText,
    }),
  ),
  vacancies: z
    .array(
      z.object({
        side: z.enum(['B', 'P']),
        customer: z.string().nullable(),
        customerTitle: z.string().nullable().describe('Of the business: whose people'),
        roles: z.array(z.string()).describe('Any of them decides'),
        gates: z.array(z.string()),
        needed: z.int(),
        held: z.int(),
        waiting: z.int().describe('Decisions that wait for it now'),
        first: z.array(z.object({ gate: z.string(), ref: z.string(), title: z.string() })),
      }),
    )
    .describe('Roles that fewer hold than some gate needs, so that it can be decided by nobody'),
  warnings: z.array(z.object({ code: z.string(), of: z.string().optional(), sentence: z.string(), hint: z.string() })),
});
