// A process of its own: stops the server when the program that started it, or the last that took hold of it, is gone.
// It learns that by the end of its standard input, which also comes when that program was killed.
import { rmdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type WatchedServer, whenUnheld } from './hold.ts';
import { shutDown } from './postmaster.ts';

let watched: WatchedServer | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  // Written by hold.ts of the same version, through a pipe nobody else has.
  watched = JSON.parse(line) as WatchedServer;
}
if (watched) {
  const { cluster, socketFolder } = watched;
  // A server that is gone already needs no stopping, and nobody is left to tell.
  await whenUnheld(watched, () => shutDown(cluster)).catch(() => undefined);
  // Only an empty folder goes: where a server is running it holds the socket.
  await rmdir(socketFolder).catch(() => undefined);
}
process.exit(0);
