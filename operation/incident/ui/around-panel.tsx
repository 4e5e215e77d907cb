// What else is known around an incident: cases like it with what helped, and what is open on its component.
import type { z } from 'zod';
import { useAnswer } from '../../../core/ui/queries.ts';
import { RecordRow } from '../../../core/ui/record-row.tsx';
import type { PanelProps } from '../../../core/ui/registry.ts';
import { RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import type { aroundView } from '../views.ts';
import styles from './around.module.css';

export function Panel({ read: { record } }: PanelProps) {
  const answer = useAnswer<z.infer<typeof aroundView>>(['around', record.id], `/incidents/${record.id}/around`);
  if (answer.isPending) return <Waiting what="Looking for cases like it" lines={3} />;
  if (answer.isError) return <RefusedPlace error={answer.error} again={() => answer.refetch()} />;
  const { similar, open } = answer.data;
  return (
    <>
      {open.length > 0 && (
        <>
          <h3 className={styles.head}>Open on this component</h3>
          <ul>
            {open.map((each) => (
              <RecordRow key={each.id} record={each} />
            ))}
          </ul>
        </>
      )}
      <h3 className={styles.head}>Cases like it</h3>
      {similar.length === 0 && (
        <p className="quiet">None among the newest of this service shares its component, category or title.</p>
      )}
      <ul>
        {similar.map(({ record: each, resolution, because }) => (
          <RecordRow key={each.id} record={each} text={resolution}>
            <p className="quiet small">{because.join(', ')}</p>
          </RecordRow>
        ))}
      </ul>
    </>
  );
}
