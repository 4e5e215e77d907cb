import { useParam } from '../go.tsx';
import { useDefinitionOfPath } from './definition-of-path.ts';
import { NotFound } from './not-found.tsx';
import { RecordPage } from './record-page.tsx';

/** The standard page of whichever record the address names. */
export function StandardPage() {
  const definition = useDefinitionOfPath();
  const key = useParam('key');
  return definition ? (
    <RecordPage key={`${definition.type}/${key}`} definition={definition} recordKey={key} />
  ) : (
    <NotFound />
  );
}
