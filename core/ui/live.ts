// Journal entries arrive as they are written; what shows them is asked again, a burst once.
import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queryOf, readSince } from './api.ts';
import { checkReachable, onReturn, reportReachable } from './connection.ts';

interface LiveEntry {
  seq: number;
  recordId: string;
  type: string;
  ref: string;
  move: string | null;
  state: string;
  version: number;
  actor: string | null;
}

const gather = 200;

declare module '@tanstack/react-query' {
  interface Register {
    /** A query says itself whether it is asked again with every entry; what shows one record or list is known by its key. */
    queryMeta: { live?: true };
  }
}

function touches({ queryKey: key, meta }: Pick<Query, 'queryKey' | 'meta'>, entry: LiveEntry): boolean {
  const [kind, first, second] = key;
  if (meta?.live) return true;
  if (kind === 'list') return first === entry.type;
  if (kind === 'record') return second === entry.recordId || second === entry.ref;
  if (kind === 'journal') return first === entry.recordId;
  return false;
}

function follow(client: QueryClient): () => void {
  const source = new EventSource(`/api/v1/live${queryOf({ after: readSince() })}`);
  let pending: LiveEntry[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const entries = pending;
    pending = [];
    timer = undefined;
    void client.invalidateQueries({ predicate: (query) => entries.some((entry) => touches(query, entry)) });
  };
  source.addEventListener('entry', (message) => {
    // The stream's entries are typed by the contract.
    pending.push(JSON.parse(message.data) as LiveEntry);
    timer ??= setTimeout(flush, gather);
  });
  source.addEventListener('missed', () => void client.invalidateQueries());
  source.addEventListener('open', () => reportReachable(true));
  source.addEventListener('error', checkReachable);
  // What happened meanwhile was told to nobody: everything on the page is asked again.
  const stop = onReturn(() => void client.invalidateQueries());
  return () => {
    stop();
    clearTimeout(timer);
    source.close();
  };
}

export function useLive(enabled: boolean) {
  const client = useQueryClient();
  useEffect(() => (enabled ? follow(client) : undefined), [client, enabled]);
}
