// A file on its way out: row by row, and never as a page of ours.
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Queryable } from '../../database/queryable.ts';
import { chunkBytes, dispositionOf, isPicture } from './rules.ts';
import { chunkOf } from './store.ts';
import type { StoredFile } from './store.ts';

/**
 * Headers by which nothing in a file runs or is read as something else: it is saved rather than opened, its type is not
 * guessed at, and if it is shown after all it may load and run nothing. A picture is named as its bytes say, so that a page
 * of ours may show it.
 */
export function setHeaders(reply: FastifyReply, { id, name, size, kind }: StoredFile): void {
  reply
    .header('content-type', isPicture(kind) ? kind : 'application/octet-stream')
    .header('content-length', size)
    .header('content-disposition', dispositionOf(name ?? id))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cache-control', 'private, no-store');
}

/** Its bytes. Removed while they are read, they break off rather than seem whole. */
export function bytesOf(client: Queryable, providerId: string, { id, size }: StoredFile): Readable {
  return Readable.from(
    (async function* () {
      for (let number = 0; number * chunkBytes < size; number += 1) {
        const bytes = await chunkOf(client, { providerId, id }, number);
        if (!bytes) throw new Error(`the bytes of file ${id} are gone from row ${number} on`);
        yield bytes;
      }
    })(),
    { objectMode: false, highWaterMark: 1 },
  );
}
