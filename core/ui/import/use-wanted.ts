import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isImportable } from '../../import/fills.ts';
import { queryOf } from '../api.ts';
import { useSearch } from '../go.tsx';
import { ask } from '../queries.ts';
import { useDefinition, useRegistry } from '../registry.ts';
import { useDraft } from '../use-draft.ts';
import type { Look, Mapping, RunReply, Wanted } from './contract.ts';
import { guessMapping } from './guess.ts';
import { blank, isBlank, likeRun } from './wanted.ts';

/** The columns of an upload. A file that holds one column only is mostly one whose columns something else parts. */
function useLook({ upload, mapping: { delimiter, encoding } }: Wanted) {
  return useQuery({
    queryKey: ['columns', upload?.id, delimiter, encoding],
    queryFn: (context) =>
      ask<Look>(`/import-uploads/${upload?.id}/columns${queryOf({ delimiter, encoding })}`, context),
    enabled: upload !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

const partingOf = ({ columns: [only, ...more] }: Look): string | undefined =>
  more.length || !only ? undefined : [';', '\t', '|'].find((sign) => only.name.includes(sign));

/** Takes over an earlier import that the address names. */
function useLike(onLike: (like: Omit<Wanted, 'upload'>) => void) {
  const [search, edit] = useSearch();
  const like = search.get('like');
  const run = useQuery({
    queryKey: ['import', like],
    queryFn: (context) => ask<RunReply>(`/imports/${like}`, context),
    enabled: like !== null,
  });
  useEffect(() => {
    if (!like || !run.data) return;
    onLike(likeRun(run.data.import));
    edit({ like: null });
  });
}

/** The import that is being made: kept as a draft, and its mapping guessed once its file is there. */
export function useWanted() {
  const { definitions } = useRegistry();
  const types = definitions.filter(isImportable);
  const [wanted, setWanted, draft] = useDraft<Wanted>('import', { ...blank, type: types[0]?.type ?? '' });
  const definition = useDefinition(wanted.type);
  const look = useLook(wanted);
  const edit = (patch: Partial<Wanted>) => setWanted((before) => ({ ...before, ...patch }));
  const editMapping = (patch: Partial<Mapping>) =>
    setWanted((before) => ({ ...before, mapping: { ...before.mapping, ...patch } }));
  const guess = () => {
    if (!definition || !look.data || !wanted.upload) return;
    const { delimiter, encoding } = wanted.mapping;
    const guessed = guessMapping({
      definition,
      columns: look.data.columns,
      fileName: wanted.upload.name,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    edit({ mapping: { ...guessed, ...(delimiter ? { delimiter } : {}), ...(encoding ? { encoding } : {}) } });
  };
  useLike(edit);
  useEffect(() => {
    if (!look.data || !isBlank(wanted.mapping)) return;
    const delimiter = wanted.mapping.delimiter === undefined ? partingOf(look.data) : undefined;
    if (delimiter) editMapping({ delimiter });
    else guess();
  });
  return { types, wanted, definition, look, draft, edit, editMapping, guess };
}
