// What is done with a record's files: given, removed, erased with who gave them.
import { randomUUIDv7 } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { Received } from '../../http/received.ts';
import { commit } from '../../record/define/content.ts';
import { lock, missing } from '../../record/read/load.ts';
import { keepPersonal } from '../../record/edit/personal.ts';
import { save } from '../../record/edit/save.ts';
import type { Queryable } from '../../database/queryable.ts';
import type { Application, Erasing, ServerRecord, Work } from '../../record/define/work.ts';
import type { Caller } from '../../permission/principal.ts';
import { seesProvider } from '../../permission/scope.ts';
import { refuse, stop } from '../../refusal/refusal.ts';
import { chunkBytes, isEvidence, isGone, mostBytes, mostFiles, notInternal, notYours, tooMany } from './rules.ts';
import { filesOf, insertChunk, insertFile, letGo, toldFile } from './store.ts';
import type { StoredFile } from './store.ts';

export interface NewFile {
  name: string;
  audience: StoredFile['audience'];
  declared: string | null;
  bytes: Received;
}

/** The largest file that an installation takes. */
export const mostBytesOf = ({ limits }: Application): number => limits?.fileBytes ?? mostBytes;

/** Keeps a file on a record. Its name is personal: the journal holds a commitment, beside size and hash. Refuses by `stop`. */
export async function keepFile(work: Work, record: ServerRecord, name: string, given: NewFile): Promise<StoredFile> {
  const { principal } = work.caller;
  const data = await lock(work, record, name);
  if (given.audience === 'internal' && !seesProvider(principal)) stop(refuse('forbidden', notInternal));
  const most = work.application.limits?.filesOnRecord ?? mostFiles;
  // Each audience has its own count: what one may not see takes nothing from one.
  const held = (await filesOf(work.client, data, principal)).filter(
    (each) => !each.gone && each.audience === given.audience,
  );
  if (held.length >= most) stop(refuse('refused', tooMany(data.ref, most)));
  const { audience, declared, bytes } = given;
  const kept = commit('files', given.name);
  const file = {
    id: randomUUIDv7(),
    audience,
    commitment: kept.commitment,
    size: bytes.size,
    sha256: bytes.sha256,
    kind: await kindOf(bytes.head),
    declared,
    by: principal.id,
    at: work.now,
    gone: null,
  };
  await save(work, record, data, { extra: { _files: [toldFile(file)] }, entry: { kind: 'noted' }, last: true });
  await keepPersonal(work, data.id, [kept]);
  await insertFile(work, data.id, file);
  for (let number = 0; number * chunkBytes < bytes.size; number += 1)
    await insertChunk(work, file.id, { number, bytes: await bytes.read(number * chunkBytes, chunkBytes) });
  return { ...file, name: given.name, isEvidence: false };
}

/** What the first bytes say that a file is. They are all that is looked at: no archive is opened to tell. */
async function kindOf(head: Buffer): Promise<string | null> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined); // a beginning that contradicts itself says nothing
  return found?.mime ?? null;
}

interface Removal {
  file: string;
  reason: string;
}

/** Takes a file's bytes away; the journal keeps its hash, and its name as long as nobody erases that. Refuses by `stop`. */
export async function removeFile(
  work: Work,
  record: ServerRecord,
  name: string,
  { file: id, reason }: Removal,
): Promise<StoredFile> {
  const { principal } = work.caller;
  const data = await lock(work, record, name);
  const file = await fileOn(work, data, id);
  const isProviders = principal.grants.some(({ side }) => side === 'P');
  if (file.by !== principal.id && !isProviders) stop(refuse('forbidden', notYours));
  if (file.gone) stop(refuse('refused', isGone));
  if (file.isEvidence) stop(refuse('refused', isEvidence));
  const removed = { ...file, gone: { how: 'removed' as const, by: principal.id, at: work.now } };
  await save(work, record, data, {
    extra: { _files: [toldFile(removed)] },
    entry: { kind: 'noted', reason },
    last: true,
  });
  await letGo(work, id, 'removed');
  return removed;
}

/** A file of a record that the caller may see. Refuses by `stop`. */
export async function fileOn(
  { client, caller }: { client: Queryable; caller: Caller },
  record: { providerId: string; id: string },
  id: string,
): Promise<StoredFile> {
  const files = await filesOf(client, record, caller.principal);
  return files.find((each) => each.id === id) ?? stop(missing('file', id));
}

/** With a name the bytes go too, which are its giver's words as a note's text is; what evidence rests on stays to be read (model R1). */
export const eraseFiles: Erasing = async (work, record, commitments) => {
  const files = await filesOf(work.client, record, null);
  const going = files.filter((each) => commitments.includes(each.commitment) && !each.gone && !each.isEvidence);
  for (const { id } of going) await letGo(work, id, 'erased');
  const gone = { how: 'erased' as const, by: work.caller.principal.id, at: work.now };
  if (!going.length) return undefined;
  return { _files: going.map((each) => toldFile({ ...each, gone })) };
};
