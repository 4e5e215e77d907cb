// The standard list, form and page of whichever record type the address names.
import { useEffect } from 'react';
import type { RecordDefinition } from '../../record/define.ts';
import type { Header } from '../contract.ts';
import { RecordForm } from '../form/record-form.tsx';
import { useGo, useParam, useSearch } from '../go.tsx';
import { ListPage } from '../list/list-page.tsx';
import { useAnswer } from '../queries.ts';
import { usePathOf, useRegistry } from '../registry.ts';
import { Waiting } from '../states.tsx';
import { NotFound } from './not-found.tsx';
import { RecordPage } from './record-page.tsx';

function useDefinitionOfPath(): RecordDefinition | undefined {
  const path = useParam('path');
  return useRegistry().definitions.find((each) => each.path === path);
}

export function StandardList() {
  const definition = useDefinitionOfPath();
  return definition ? <ListPage key={definition.type} definition={definition} /> : <NotFound />;
}

export function StandardForm() {
  const definition = useDefinitionOfPath();
  const [search] = useSearch();
  return definition ? <RecordForm key={definition.type} definition={definition} prefilled={Object.fromEntries(search)} /> : <NotFound />;
}

export function StandardPage() {
  const definition = useDefinitionOfPath();
  const key = useParam('key');
  return definition ? <RecordPage key={`${definition.type}/${key}`} definition={definition} recordKey={key} /> : <NotFound />;
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
