import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Refusal } from '../../../refusal/refusal.ts';
import { newKey, reasonsOf } from '../../../ui/api.ts';
import { say } from '../../../ui/notice.tsx';

/** A file that is on its way, or was refused. */
export interface Upload {
  key: string;
  name: string;
  share: number;
  refusals: readonly Refusal[];
  cancel: () => void;
}

export interface Given {
  /** Of the API: where the record's files are given. */
  path: string;
  /** Of the record. */
  id: string;
}

/** Files on their way to a record, one after the other. Who leaves the page breaks them off. */
export function useUploads({ path, id }: Given) {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const left = useRef(new AbortController());
  useEffect(() => {
    const leaving = new AbortController();
    left.current = leaving;
    return () => leaving.abort();
  }, []);
  const alter = (key: string, edit: Partial<Upload> | null) =>
    setUploads((all) => all.flatMap((each) => (each.key !== key ? [each] : edit ? [{ ...each, ...edit }] : [])));

  const send = async (key: string, file: File, { audience, signal }: { audience: string; signal: AbortSignal }) => {
    try {
      const { giveFile } = await import('../../../ui/files/give-file.ts');
      await giveFile(path, file, { audience, key, signal, onProgress: (share) => alter(key, { share }) });
      alter(key, null);
      say(`${file.name} added.`);
      await client.invalidateQueries({ queryKey: ['files', id] });
    } catch (error) {
      alter(key, signal.aborted ? null : { refusals: reasonsOf(error) });
    }
  };

  const add = (files: readonly File[], audience: string) => {
    for (const file of files) {
      const key = newKey();
      const own = new AbortController();
      const cancel = () => {
        own.abort();
        alter(key, null);
      };
      setUploads((all) => [...all, { key, name: file.name, share: 0, refusals: [], cancel }]);
      const signal = AbortSignal.any([own.signal, left.current.signal]);
      before.current = before.current.then(() => send(key, file, { audience, signal }));
    }
  };
  return { uploads, add };
}
