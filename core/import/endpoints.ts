// Imports over HTTP: upload, look, try, start, follow, stop, and take back.
import { z } from 'zod';
import { idText } from '../names/forms.ts';
import { endpoint, received } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { pageQuery } from '../http/views.ts';
import { nowOf } from '../record/define/work.ts';
import { refusable } from '../refusal/refusal.ts';
import { lookInto, preview } from './look.ts';
import { encodings, mappingSchema } from './mapping.ts';
import { csvOf, rejectsPage, runPage, runShown } from './read-runs.ts';
import { sourced } from './run.ts';
import { cancelRun, givenOf, permit, resumeRun, startRun, uploadOf } from './serve.ts';
import { takeBack } from './take-back.ts';
import { keepUpload, uploadSource } from './uploads.ts';
import { lookView, previewView, rejectsView, runAnswer, runsView, uploadView } from './views.ts';

const tag = 'Imports';
const params = z.object({ id: idText });
const ofUpload = z.object({ id: idText.describe('Of an upload') });

/** A gibibyte: at some hundred bytes a row, ten million rows. */
const mostBytes = 1 << 30;

const wanted = z.strictObject({
  upload: idText,
  type: z.string().max(60).describe('The record type that the rows become, such as incident'),
  mapping: mappingSchema,
  given: z.record(z.string().max(60), idText).default({}).describe('Set on each record, such as {"service": id}'),
  customer: idText.nullable().default(null).describe('Whose records they are'),
});

/** What keeps a file from being read. */
const ofFiles = ['import.empty', 'import.encoding', 'import.no-csv', 'import.truncated', 'import.unreadable'];
/** What keeps a mapping from being followed. */
const ofMappings = [
  'import.column-twice',
  'import.columns',
  'import.given',
  'import.mapping',
  'import.mapping-field',
  'import.mapping-kind',
  'import.mapping-state',
  'import.mapping-title',
  'import.mapping-value',
  'import.times',
  'import.type',
];

const uploads: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/import-uploads',
    operationId: 'import-run.upload',
    refusals: ['permission.role'],
    tag,
    status: 201,
    summary: 'Give a file to import: CSV, plain or packed by gzip or xz; it is kept for two days',
    description:
      'Takes the bytes of the body as a file to import and keeps them for two days. Answers with the id that the other operations name it by.',
    query: z.object({ name: z.string().trim().min(1).max(200) }),
    body: received,
    takesBytes: () => mostBytes,
    admits: (caller) => void permit(caller),
    rateLimit: 60,
    response: uploadView,
    handle: ({ application, caller, query: { name }, body }) =>
      refusable(async () => {
        const { providerId, id } = permit(caller);
        return keepUpload(application.pool, {
          providerId,
          name,
          by: id,
          now: nowOf(application, caller),
          received: body,
        });
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/import-uploads/{id}/columns',
    operationId: 'import-run.columns',
    refusals: ['permission.role', ...ofFiles],
    tag,
    status: 200,
    refusesWith: [404],
    summary: 'The columns of an uploaded file, with the words of its first rows: what a mapping is made from',
    description:
      'Reads the beginning of an uploaded file, and answers with its columns, the words that stand in each, and how it is encoded: what a mapping is written from.',
    params: ofUpload,
    query: z.object({ encoding: z.enum(encodings).optional(), delimiter: z.string().length(1).optional() }),
    response: lookView,
    handle: ({ application, caller, params: { id }, query }) =>
      refusable(async () =>
        lookInto(
          uploadSource(application.pool, permit(caller).providerId, await uploadOf(application, caller, id)),
          query,
        ),
      ),
  }),
  endpoint({
    method: 'POST',
    path: '/import-previews',
    operationId: 'import-run.preview',
    refusals: ['permission.role', 'record.not-found', ...ofFiles, ...ofMappings],
    tag,
    status: 200,
    summary: 'All faults of a mapping, and the first records that it would make; nothing is written',
    description:
      'Judges a mapping against the record type before a row is read, then reads the first rows. Answers with all faults, and with the records that would be made; nothing is written.',
    body: wanted,
    response: previewView,
    handle: ({ application, caller, body }) =>
      refusable(async () => {
        const { providerId } = permit(caller);
        await givenOf(application, caller, body);
        const found = await uploadOf(application, caller, body.upload);
        return preview(
          uploadSource(application.pool, providerId, found),
          sourced(application, body.type),
          body.mapping,
        );
      }),
  }),
];

const runs: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/imports',
    operationId: 'import-run.start',
    refusals: ['permission.role', 'record.not-found', ...ofFiles, ...ofMappings, 'import.running'],
    tag,
    status: 202,
    summary: 'Start an import; it goes on by itself, and one that was broken off goes on where it stopped',
    description:
      'Begins to import an uploaded file by a mapping. Answers at once with the run, which goes on by itself in whole batches.',
    body: wanted,
    response: runAnswer,
    handle: ({ application, caller, body, request, stopping }) =>
      refusable(async () => {
        permit(caller);
        const run = await startRun({ application, caller, stopping, log: request.log }, body);
        return runShown(application, caller, run);
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/imports',
    operationId: 'import-run.list',
    refusals: ['permission.role', 'list.cursor'],
    tag,
    status: 200,
    summary: 'The imports, the latest first',
    description: 'Lists the imports of the provider, the latest first, each with how far it is and what it did.',
    query: pageQuery,
    response: runsView,
    handle: ({ application, caller, query }) =>
      refusable(async () => runPage(application, { ...caller, principal: permit(caller) }, query)),
  }),
  endpoint({
    method: 'GET',
    path: '/imports/{id}',
    operationId: 'import-run.read',
    refusals: ['permission.role'],
    tag,
    status: 200,
    summary: 'How far an import is, what it did, and its mapping',
    description:
      'Answers with one import: how far it is, its forecast, what it made and brought up to date, and its mapping.',
    params,
    response: runAnswer,
    handle: ({ application, caller, params: { id } }) =>
      refusable(async () => {
        permit(caller);
        return runShown(application, caller, id);
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/imports/{id}/cancel',
    operationId: 'import-run.cancel',
    refusals: ['permission.role', 'import.over'],
    tag,
    status: 202,
    summary: 'Stop an import after the batch at hand; what it brought in stays until it is taken back',
    description:
      'Stops an import after the batch at hand. What it brought in stays until it is taken back; answers with the import.',
    params,
    body: z.strictObject({}).optional(),
    response: runAnswer,
    handle: ({ application, caller, params: { id } }) =>
      refusable(async () => {
        permit(caller);
        await cancelRun(application, caller, id);
        return runShown(application, caller, id);
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/imports/{id}/resume',
    operationId: 'import-run.resume',
    refusals: ['permission.role', ...ofFiles, ...ofMappings, 'import.not-broken-off', 'import.running'],
    tag,
    status: 202,
    summary: 'Go on with an import that was broken off, while its upload is kept',
    description:
      'Goes on with an import that was broken off, from where its last whole batch ended, while its upload is kept. Answers with the import.',
    params,
    body: z.strictObject({}).optional(),
    response: runAnswer,
    handle: ({ application, caller, params: { id }, request, stopping }) =>
      refusable(async () => {
        permit(caller);
        await resumeRun({ application, caller, stopping, log: request.log }, id);
        return runShown(application, caller, id);
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/imports/{id}/take-back',
    operationId: 'import-run.take-back',
    refusals: [
      'permission.role',
      'import.brought-up-to-date',
      'import.nothing-to-take-back',
      'import.running',
      'import.worked-on',
    ],
    tag,
    status: 200,
    summary: 'Take back all that an import made, while nobody has worked on it; the journal keeps both',
    description:
      'Takes back all records that an import made, while nobody has worked on one of them. The journal keeps that they came and that they went; answers with the import.',
    params,
    body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
    response: runAnswer,
    handle: ({ application, caller, params: { id }, body: { reason } }) =>
      refusable(async () => {
        permit(caller);
        await takeBack({ application, caller }, { run: id, reason });
        return runShown(application, caller, id);
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/imports/{id}/rejects',
    operationId: 'import-run.rejects',
    refusals: ['permission.role', 'list.cursor'],
    tag,
    status: 200,
    summary: 'Rows that an import did not take, by line and reason; the first ten thousand are kept',
    description: 'Lists the rows that an import did not take, with line and reason, page by page.',
    params,
    query: pageQuery,
    response: rejectsView,
    handle: ({ application, caller, params: { id }, query }) =>
      refusable(async () => rejectsPage(application, permit(caller), id, query)),
  }),
  endpoint({
    method: 'GET',
    path: '/imports/{id}/rejects.csv',
    operationId: 'import-run.rejects-file',
    refusals: ['permission.role'],
    tag,
    status: 200,
    summary: 'The same as a CSV file',
    description: 'Answers with the rows that an import did not take as a CSV file, to be mended and imported.',
    params,
    givesBytes: true,
    response: z.unknown(),
    handle: ({ application, caller, params: { id }, reply }) =>
      refusable(async () => csvOf(application, permit(caller), id, reply)),
  }),
];

/** What administrators do to bring in what another system knows. */
export const importEndpoints: readonly Endpoint[] = [...uploads, ...runs];
