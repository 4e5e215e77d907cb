import { useDefinitionOfPath } from '../page/definition-of-path.ts';
import { NotFound } from '../page/not-found.tsx';
import { ListPage } from './list-page.tsx';

/** The standard list of whichever record type the address names. */
export function StandardList() {
  const definition = useDefinitionOfPath();
  return definition ? <ListPage key={definition.type} definition={definition} /> : <NotFound />;
}
