import { z } from 'zod';
import { idText } from '../../names/forms.ts';
import { endpoint, received } from '../../http/endpoint.ts';
import type { Call, Endpoint } from '../../http/endpoint.ts';
import { names, recordParams as params } from '../../http/views.ts';
import { loadHeader, missing } from '../../record/read/load.ts';
import { namesOf } from '../../record/read/names.ts';
import { act } from '../../record/act/act.ts';
import type { ServerRecord, Work } from '../../record/define/work.ts';
import { withArticle } from '../../refusal/article.ts';
import { done, refusable, refuse, stop } from '../../refusal/refusal.ts';
import { bytesOf, setHeaders } from './download.ts';
import { fileOn, keepFile, mostBytesOf, removeFile } from './keep.ts';
import { isFileName, isGone, longestName } from './rules.ts';
import { filesOf } from './store.ts';
import type { StoredFile } from './store.ts';
import { fileView } from './views.ts';

const ofFile = params.extend({ file: idText });

const upload = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(longestName)
    .refine(isFileName, 'is no file name: leave out slashes and hidden characters'),
  audience: z.enum(['public', 'internal']).default('public').describe('Internal: for the provider alone'),
  type: z
    .string()
    .max(100)
    .regex(/^[\w.+-]+\/[\w.+-]+$/)
    .optional()
    .describe('What you say that it is (text/csv); it is kept and not believed'),
});

type RecordCall = Pick<Call<{ id: string }>, 'application' | 'caller' | 'params'>;

/** What a record type with files offers: listing, giving, reading and removing them. */
export function fileEndpoints(record: ServerRecord): readonly Endpoint[] {
  const { type, path, plural: tag, label } = record.definition;
  const one = withArticle(label);
  return [
    endpoint({
      method: 'GET',
      path: `/${path}/{id}/files`,
      operationId: `${type}.files`,
      tag,
      status: 200,
      summary: `The files on ${one} that you may see`,
      description: `Lists the files that ${one} holds and that you may see, with size, hash, who gave them, and who removed those whose bytes are gone.`,
      params,
      response: z.object({ items: z.array(fileView), names }),
      handle: (call) => listFiles(call, record),
    }),
    endpoint({
      method: 'POST',
      path: `/${path}/{id}/files`,
      operationId: `${type}.add-file`,
      refusals: ['file.audience', 'file.too-many'],
      tag,
      status: 201,
      summary: `Give ${one} a file: public, or internal to the provider`,
      description: `Takes the bytes of the body as a file of ${one}, named in the query. Its type is told from the bytes, not believed; answers with its size and hash.`,
      params,
      query: upload,
      body: received,
      takesBytes: mostBytesOf,
      writes: { type },
      idempotent: true,
      rateLimit: 120,
      response: fileView,
      handle: ({ application, caller, params: { id }, query, body: bytes }) => {
        const { name, audience, type: declared = null } = query;
        return writing({ application, caller, params: { id } }, record, 'add-file', (work) =>
          keepFile(work, record, id, { name: name.normalize('NFC'), audience, declared, bytes }),
        );
      },
    }),
    endpoint({
      method: 'GET',
      path: `/${path}/{id}/files/{file}`,
      operationId: `${type}.file`,
      refusals: ['file.gone'],
      tag,
      status: 200,
      summary: `The bytes of a file on ${one}, to be saved`,
      description: `Answers with the bytes of a file of ${one}, always to be saved and never shown as a page of this site.`,
      params: ofFile,
      givesBytes: true,
      refusesWith: [409],
      response: z.unknown(),
      handle: ({ application, caller, params: { id, file }, reply }) =>
        refusable(async () => {
          const found = await fileOf({ application, caller, params: { id } }, record, file);
          if (found.gone) stop(refuse('refused', isGone));
          setHeaders(reply, found);
          return bytesOf(application.pool, caller.principal.providerId, found);
        }),
    }),
    endpoint({
      method: 'POST',
      path: `/${path}/{id}/files/{file}/removal`,
      operationId: `${type}.remove-file`,
      refusals: ['file.gone', 'file.is-evidence', 'file.not-yours'],
      tag,
      status: 200,
      summary: `Remove a file from ${one}: its bytes go, its hash stays in the journal`,
      description:
        'Takes the bytes of a file away with a reason. Its name and hash stay, and a file that is evidence is not removed.',
      params: ofFile,
      body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
      writes: { type },
      idempotent: true,
      response: fileView,
      handle: ({ application, caller, params: { id, file }, body: { reason } }) =>
        writing({ application, caller, params: { id } }, record, 'remove-file', (work) =>
          removeFile(work, record, id, { file, reason }),
        ),
    }),
  ];
}

async function listFiles({ application, caller, params: { id } }: RecordCall, { definition: { type } }: ServerRecord) {
  const { principal } = caller;
  const header = await loadHeader(application.pool, principal, id);
  if (header?.type !== type) return missing(type, id);
  const at = { providerId: principal.providerId, id: header.id };
  const items = (await filesOf(application.pool, at, principal)).map(shown);
  const people = items.flatMap(({ by, gone }) => [by, ...(gone ? [gone.by] : [])]);
  return done({ items, names: await namesOf(application.pool, principal, people) });
}

/** A file of a record, both of which the caller may see. Refuses by `stop`. */
async function fileOf(
  { application, caller, params: { id } }: RecordCall,
  { definition: { type } }: ServerRecord,
  file: string,
): Promise<StoredFile> {
  const header = await loadHeader(application.pool, caller.principal, id);
  if (header?.type !== type) return stop(missing(type, id));
  const at = { providerId: caller.principal.providerId, id: header.id };
  return fileOn({ client: application.pool, caller }, at, file);
}

const shown = ({ commitment: _commitment, ...file }: StoredFile) => file;

/** Runs what is done with one file, and answers with it as it then stands; a repeated call too. */
async function writing(
  call: RecordCall,
  record: ServerRecord,
  command: string,
  run: (work: Work) => Promise<StoredFile>,
) {
  const { application, caller } = call;
  const { type } = record.definition;
  const outcome = await act(application, caller, { command, type }, async (work) => {
    const file = await run(work);
    return { id: file.id, data: file };
  });
  if (!outcome.ok) return outcome;
  const { id, data } = outcome.value;
  return refusable(async () => shown(data ?? (await fileOf(call, record, id))));
}
