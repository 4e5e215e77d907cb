import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** What has no page behind it: the API, and files that a page names. A page in its place would be taken for the file. */
const noPage = /^\/(?:api|assets)\//;

/** The built web application: hashed files for ever, the page itself anew each time, and the page for every address of its own. */
export async function mountPages(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    preCompressed: true,
    setHeaders: (reply, path) =>
      void reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  server.get('/*', (request, reply) =>
    noPage.test(request.url) ? reply.callNotFound() : reply.sendFile('index.html'),
  );
}
