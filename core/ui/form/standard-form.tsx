import { Button } from '@mantine/core';
import { givenFields, type RecordDefinition } from '../../record/define/define.ts';
import { useGo, useSearch } from '../go.tsx';
import { useDefinitionOfPath } from '../page/definition-of-path.ts';
import { NotFound } from '../page/not-found.tsx';
import { usePageTitle } from '../page-title.ts';
import { useMe } from '../queries.ts';
import { EmptyPlace, Waiting } from '../states.tsx';
import { RecordForm } from './record-form.tsx';

/** Instead of a form whose every answer would be refused. */
function NotYours({ definition }: { definition: RecordDefinition }) {
  const go = useGo();
  const isMadeByHand = definition.lifecycle.create.who.some((role) => role !== 'system');
  const plural = definition.plural.toLowerCase();
  usePageTitle(definition.plural);
  return (
    <>
      <h1>{definition.plural}</h1>
      <EmptyPlace
        sentence={
          isMadeByHand
            ? `None of your roles may create ${plural}. Ask your administrator for one that may.`
            : `Nobody creates ${plural} by hand: they come about by what is done with other records.`
        }
      >
        <Button variant="default" onClick={() => go(`/${definition.path}`)}>
          Show the list
        </Button>
      </EmptyPlace>
    </>
  );
}

/** Who belongs to a customer organisation notes what is its own, and need not say so. */
const ofTheirOwn = (definition: RecordDefinition, customer: string | null) =>
  Object.fromEntries(
    givenFields(definition).flatMap(([name, { kind }]) => (kind === 'customer' && customer ? [[name, customer]] : [])),
  );

/** The standard form of whichever record type the address names. */
export function StandardForm() {
  const definition = useDefinitionOfPath();
  const [search] = useSearch();
  const me = useMe();
  if (!definition) return <NotFound />;
  if (me.isPending) return <Waiting />;
  if (me.data && !me.data.creates.includes(definition.type)) return <NotYours definition={definition} />;
  const prefilled = { ...ofTheirOwn(definition, me.data?.person.customer ?? null), ...Object.fromEntries(search) };
  return <RecordForm key={definition.type} definition={definition} prefilled={prefilled} />;
}
