import { useEffect } from 'react';
import type { Header } from '../contract.ts';
import { useGo, useParam } from '../go.tsx';
import { useAnswer } from '../queries.ts';
import { usePathOf } from '../registry.ts';
import { Waiting } from '../states.tsx';
import { NotFound } from './not-found.tsx';

/** Goes on to a record whose type only the server knows. */
export function AnyRecord() {
  const key = useParam('key');
  const header = useAnswer<Header>(['header', key], `/records/${encodeURIComponent(key)}`);
  const pathOf = usePathOf();
  const go = useGo();
  const to = header.data && pathOf(header.data);
  useEffect(() => {
    if (to) go(to, { replace: true });
  }, [to, go]);
  return header.isError ? <NotFound /> : <Waiting />;
}
