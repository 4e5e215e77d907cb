// Journal entries arrive as they are written; what shows them is asked again, a burst once.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
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
const pictures = ['decisions', 'gate', 'loop', 'thread', 'overview', 'matrix', 'series', 'work', 'clocks', 'notes'];

function touches(key: readonly unknown[], entry: LiveEntry): boolean {
  const [kind, first, second] = key;
  if (kind === 'list') return first === entry.type;
  if (kind === 'record') return second === entry.recordId || second === entry.ref;
  if (kind === 'journal') return first === entry.recordId;
  return typeof kind === 'string' && pictures.includes(kind);
}

function follow(client: QueryClient): () => void {
  const source = new EventSource('/api/v1/live');
  let pending: LiveEntry[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const entries = pending;
    pending = [];
    timer = undefined;
    void client.invalidateQueries({ predicate: ({ queryKey }) => entries.some((entry) => touches(queryKey, entry)) });
  };
  source.addEventListener('entry', (message) => {
    // The stream's entries are typed by the contract.
    pending.push(JSON.parse(message.data) as LiveEntry);
    timer ??= setTimeout(flush, gather);
  });
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
