// The standard list, form and page of whichever record type the address names.
import { lazy, Suspense, useEffect } from 'react';
import type { RecordDefinition } from '../../record/define.ts';
import type { Header } from '../contract.ts';
import { useGo, useParam, useSearch } from '../go.tsx';
import { useAnswer } from '../queries.ts';
import { usePathOf, useRegistry } from '../registry.ts';
import { Waiting } from '../states.tsx';
import { NotFound } from './not-found.tsx';

// Each of the three is loaded when it is first opened: a list needs no form.
const ListPage = lazy(() => import('../list/list-page.tsx').then((module) => ({ default: module.ListPage })));
const RecordForm = lazy(() => import('../form/record-form.tsx').then((module) => ({ default: module.RecordForm })));
const RecordPage = lazy(() => import('./record-page.tsx').then((module) => ({ default: module.RecordPage })));

function useDefinitionOfPath(): RecordDefinition | undefined {
  const path = useParam('path');
  return useRegistry().definitions.find((each) => each.path === path);
}

export function StandardList() {
  const definition = useDefinitionOfPath();
  return definition ? (
    <Suspense fallback={<Waiting />}>
      <ListPage key={definition.type} definition={definition} />
    </Suspense>
  ) : (
    <NotFound />
  );
}

export function StandardForm() {
  const definition = useDefinitionOfPath();
  const [search] = useSearch();
  return definition ? (
    <Suspense fallback={<Waiting />}>
      <RecordForm key={definition.type} definition={definition} prefilled={Object.fromEntries(search)} />
    </Suspense>
  ) : (
    <NotFound />
  );
}

export function StandardPage() {
  const definition = useDefinitionOfPath();
  const key = useParam('key');
  return definition ? (
    <Suspense fallback={<Waiting />}>
      <RecordPage key={`${definition.type}/${key}`} definition={definition} recordKey={key} />
    </Suspense>
  ) : (
    <NotFound />
  );
}

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
