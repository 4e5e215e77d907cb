// Shapes of the answers about imports.
import { z } from 'zod';
import { idText, instantText } from '../names/forms.ts';
import { names, refusalSchema } from '../http/views.ts';
import { mappingSchema } from './mapping.ts';

export const uploadView = z
  .object({
    id: idText,
    name: z.string(),
    bytes: z.int(),
    hash: z.string().describe('SHA-256 of the bytes'),
    uploadedAt: instantText,
  })
  .meta({ id: 'ImportUpload' });

export const lookView = z
  .object({
    rows: z.int().describe('How many rows were looked at, of the first ones'),
    columns: z.array(
      z.object({
        name: z.string(),
        times: z
          .int()
          .describe('How often the name stands in the header: of a column that stands twice none can be read'),
        words: z.array(z.string()).describe('Its words in the order in which they come'),
        isMore: z.boolean().describe('It has more words'),
        empty: z.int().describe('Rows in which it says nothing'),
      }),
    ),
  })
  .meta({ id: 'ImportColumns' });

export const rejectView = z
  .object({
    line: z.int().describe('As an editor numbers it'),
    key: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'ImportReject' });

export const previewView = z
  .object({
    rows: z.int().describe('How many rows were looked at, of the first ones'),
    faults: z.array(refusalSchema).describe('Of the mapping: all of them; none, and it may be started'),
    records: z
      .array(
        z.object({
          key: z.string(),
          title: z.string(),
          state: z.string(),
          steps: z.int(),
          values: z
            .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
            .describe('People, teams and components by their names'),
        }),
      )
      .describe('The first records that it would make'),
    rejects: z.array(rejectView),
    rejected: z.int().describe('Rows looked at that cannot be read'),
  })
  .meta({ id: 'ImportPreview' });

export const runStates = [
  'reading',
  'writing',
  'broken_off',
  'ended',
  'cancelled',
  'refused',
  'failed',
  'taken_back',
] as const;

export const runView = z
  .object({
    id: idText,
    type: z.string().describe('The record type that the rows become'),
    source: z.string(),
    mapping: mappingSchema,
    fileName: z.string(),
    fileHash: z.string(),
    fileBytes: z.int(),
    given: z.record(z.string(), idText).describe('Set on each record, such as its service'),
    customer: idText.nullable(),
    state: z
      .enum(runStates)
      .describe('broken_off: its process ended; it goes on when it is resumed, or the file is imported again'),
    mayResume: z.boolean(),
    startedBy: idText.nullable(),
    startedAt: instantText,
    endedAt: instantText.nullable(),
    faults: z.array(refusalSchema),
    bytesRead: z.int().describe('Of the file as it lies'),
    rowsRead: z.int(),
    rowsDone: z.int().describe('Of those that could be read'),
    secondsLeft: z.int().nullable().describe('Of the writing; null while nobody can know'),
    records: z.int(),
    made: z.int(),
    updated: z.int().describe('Records of earlier imports that were brought up to date'),
    unchanged: z.int(),
    rejected: z.int().describe('Rows'),
    parties: z.int().describe('People, teams and components that were made'),
    deviations: z.record(z.string(), z.int()).describe('Steps that the lifecycle does not know, by what they are'),
    firstAt: instantText.nullable(),
    lastAt: instantText.nullable(),
    takenBackAt: instantText.nullable(),
    takenBackBy: idText.nullable(),
    takenBackReason: z.string().nullable(),
  })
  .meta({ id: 'Import' });

export const runAnswer = z.object({ import: runView, names });
export const runsView = z.object({ items: z.array(runView), nextCursor: z.string().nullable(), names });
export const rejectsView = z.object({ items: z.array(rejectView), nextCursor: z.string().nullable() });
