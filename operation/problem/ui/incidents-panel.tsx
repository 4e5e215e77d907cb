// The incidents that a problem caused: how many, the newest, and the way to all that are like them.
import type { z } from 'zod';
import { Go } from '../../../core/ui/go.tsx';
import { useAnswer } from '../../../core/ui/queries.ts';
import { RecordRow } from '../../../core/ui/record-row.tsx';
import type { PanelProps } from '../../../core/ui/registry.ts';
import { RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { When } from '../../../core/ui/when.tsx';
import type { causedView } from '../views.ts';

/** The list of incidents of the same service, component and category, whether they are joined to the problem or not. */
function likeThem(fields: Readonly<Record<string, unknown>>): string | null {
  const same = ['service', 'component', 'category'].flatMap((name) =>
    typeof fields[name] === 'string' && fields[name] !== '' ? [[name, fields[name]]] : [],
  );
  return same.length ? `/incidents?${new URLSearchParams(same)}` : null;
}

export function Panel({ read: { record } }: PanelProps) {
  const answer = useAnswer<z.infer<typeof causedView>>(
    ['problem-incidents', record.id],
    `/problems/${record.id}/caused`,
    {
      live: true,
    },
  );
  if (answer.isPending) return <Waiting what="Loading the incidents" lines={3} />;
  if (answer.isError) return <RefusedPlace error={answer.error} again={() => answer.refetch()} />;
  const { count, newest } = answer.data;
  const like = likeThem(record.fields);
  return (
    <>
      {count === 0 && <p className="quiet">No incident is linked to it as caused by it.</p>}
      {count > newest.length && (
        <p className="quiet small">
          {count.toLocaleString('en')} in all; the newest {newest.length}:
        </p>
      )}
      <ul>
        {newest.map((each) => (
          <RecordRow
            key={each.id}
            record={each}
            beside={
              <span className="quiet small">
                <When at={each.createdAt} />
              </span>
            }
          />
        ))}
      </ul>
      {like && (
        <p>
          <Go to={like}>All incidents like these</Go>
        </p>
      )}
    </>
  );
}
