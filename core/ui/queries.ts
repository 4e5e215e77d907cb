// What the screens ask, under keys that live entries can name.
import { keepPreviousData, type QueryFunctionContext, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { administratorRole } from '../party/party.ts';
import { isTemporary, isUnreachable, queryOf, read } from './api.ts';
import { whenReachable } from './connection.ts';
import { drafts } from './drafts.ts';
import type {
  ChangedReply,
  ConditionsReply,
  Header,
  JournalReply,
  ListReply,
  Me,
  RecordRead,
  WaitingReply,
  WaitingShares,
} from './contract.ts';

export const pageSize = 50;

export type Asked = Pick<QueryFunctionContext, 'client' | 'queryKey' | 'signal'>;

/**
 * Reads for a query. What is shown already stays readable while the server is gone or stumbles: it is asked again, and
 * only a "no" of the server takes it away.
 */
export async function ask<T>(path: string, { client, queryKey, signal }: Asked): Promise<T> {
  for (;;) {
    try {
      return await read<T>(path, signal);
    } catch (error) {
      if (!isTemporary(error) || client.getQueryData(queryKey) === undefined) throw error;
      await (isUnreachable(error) ? whenReachable() : later());
      signal.throwIfAborted();
    }
  }
}

/** A server that stumbled is left alone for a while. */
const later = () => new Promise((resolve) => setTimeout(resolve, 5_000));

export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: async (context) => {
      const me = await ask<Me>('/me', context);
      drafts.belongTo(me.person.id);
      return me;
    },
    staleTime: 60_000,
  });
}

/** Whether I administer the provider, and so may import what another system knows. */
export const useMayImport = (): boolean =>
  useMe().data?.grants.some(({ role, onBehalfOf }) => role === administratorRole && onBehalfOf === null) ?? false;

/** A record by id or reference, as it is now or as it was at an instant. */
export function useRecord(path: string, name: string, asOf?: string) {
  const key = ['record', path, name, asOf ?? null] as const;
  return useQuery({
    queryKey: key,
    queryFn: (context) => ask<RecordRead>(`/${path}/${encodeURIComponent(name)}${queryOf({ asOf })}`, context),
    // Another moment of the same record stands while one loads, so that going through time does not blank the page.
    placeholderData: (previous, query) => (sameParts(query?.queryKey, key, 3) ? previous : undefined),
  });
}

/** Pages of a list; `query` is the API's own query string. */
export function useRecords(type: string, path: string, query: string) {
  return useInfiniteQuery({
    queryKey: ['list', type, query],
    queryFn: ({ pageParam, ...context }) => ask<ListReply>(`/${path}${withCursor(query, pageParam)}`, context),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

function withCursor(query: string, cursor: string): string {
  const search = new URLSearchParams(query);
  search.set('limit', String(pageSize));
  if (cursor) search.set('cursor', cursor);
  return `?${search}`;
}

export function useJournal(id: string, enabled = true) {
  return useInfiniteQuery({
    queryKey: ['journal', id],
    queryFn: ({ pageParam, ...context }) =>
      ask<JournalReply>(`/records/${id}/journal${queryOf({ limit: pageSize, cursor: pageParam })}`, context),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    enabled,
  });
}

/** Headers whose number or text fits; nothing is asked for an empty text. */
export function useFound(text: string, types?: readonly string[], enabled = text.trim() !== '') {
  return useQuery({
    queryKey: ['search', text, types?.join(',') ?? ''],
    queryFn: (context) =>
      ask<{ items: Header[] }>(`/search${queryOf({ q: text, types: types?.join(','), limit: 12 })}`, context),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

/** Decisions that wait, the caller's own first. */
export const useWaitingDecisions = (limit = '50') =>
  useAnswer<WaitingReply>(
    ['decisions', limit === '50' ? '' : limit],
    `/decisions/waiting?limit=${encodeURIComponent(limit)}`,
    { live: true },
  );

/** Decisions in force that stand on what reads otherwise now. */
export const useChangedBases = () =>
  useAnswer<ChangedReply>(['decisions', 'changed'], '/decisions/changed', { live: true });

/** Conditions that are not met: those I see to, and those owed to me. */
export const useConditions = () =>
  useAnswer<ConditionsReply>(['decisions', 'conditions'], '/conditions', { live: true });

/** What is asked about who shares in records, and waits for the reader's consent. */
export const useWaitingShares = () =>
  useAnswer<WaitingShares>(['shares', 'waiting'], '/shares/waiting', { live: true });

/** Any answer of the API that has a screen of its own. */
export function useAnswer<T>(key: readonly unknown[], path: string, { enabled = true, keep = 0, live }: Asking = {}) {
  return useQuery<T>({
    ...(live ? { meta: { live } } : {}),
    queryKey: key,
    queryFn: (context) => ask<T>(path, context),
    enabled,
    placeholderData: (previous, query) => (keep > 0 && sameParts(query?.queryKey, key, keep) ? previous : undefined),
  });
}

interface Asking {
  enabled?: boolean;
  /** It shows what many records come to: any entry of the journal may alter it. */
  live?: true;
  /** How many parts of its key another answer must share to stand in while this one loads. */
  keep?: number;
}

/** Whether two keys begin with the same parts. */
const sameParts = (one: readonly unknown[] | undefined, other: readonly unknown[], parts: number) =>
  one !== undefined && other.slice(0, parts).every((part, index) => one[index] === part);
