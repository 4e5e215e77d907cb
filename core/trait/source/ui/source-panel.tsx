// What other systems call a record, and when each was last read.
import type { z } from 'zod';
import { useAnswer } from '../../../ui/queries.ts';
import { useDefinition } from '../../../ui/registry.ts';
import type { PanelProps } from '../../../ui/registry.ts';
import { RefusedPlace, Waiting } from '../../../ui/states.tsx';
import { When } from '../../../ui/when.tsx';
import type { sourcesView } from '../views.ts';

type Sources = z.infer<typeof sourcesView>;

export function Panel({ read }: PanelProps) {
  const { id, type } = read.record;
  const definition = useDefinition(type);
  const sources = useAnswer<Sources>(['sources', id], `/${definition?.path}/${id}/sources`);
  if (sources.isPending) return <Waiting what="Loading what other systems call it" lines={1} />;
  if (sources.isError) return <RefusedPlace error={sources.error} again={() => sources.refetch()} />;
  const { items } = sources.data;
  if (items.length === 0) return <p className="quiet small">It was begun here; no other system tells of it.</p>;
  return (
    <ul className="plain">
      {items.map(({ system, key, readAt }) => (
        <li key={`${system} ${key}`}>
          {key} in {system},{' '}
          <span className="quiet">
            last read <When at={readAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
