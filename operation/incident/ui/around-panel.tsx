// What else is known around an incident: cases like it with what helped, and what is open on its component.
import type { Header } from '../../../core/ui/contract.ts';
import { Go } from '../../../core/ui/go.tsx';
import { useAnswer } from '../../../core/ui/queries.ts';
import { usePathOf, useRegistry } from '../../../core/ui/registry.ts';
import type { PanelProps } from '../../../core/ui/registry.ts';
import { RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { StateWord } from '../../../core/ui/tone.tsx';
import styles from './around.module.css';

interface Around {
  similar: { record: Header; resolution: string | null; because: string[] }[];
  open: Header[];
}

function Row({ record, resolution, because }: { record: Header; resolution?: string | null; because?: string[] }) {
  const { definitions } = useRegistry();
  const pathOf = usePathOf();
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <span className="quiet small">{record.ref}</span>
        <Go to={pathOf(record)}>{record.title}</Go>
        <StateWord lifecycle={definitions.find((each) => each.type === record.type)?.lifecycle} state={record.state} />
      </div>
      {resolution && <p className={styles.helped}>{resolution}</p>}
      {because && because.length > 0 && <p className="quiet small">{because.join(', ')}</p>}
    </li>
  );
}

export function Panel({ read: { record } }: PanelProps) {
  const answer = useAnswer<Around>(['around', record.id], `/incidents/${record.id}/around`);
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
              <Row key={each.id} record={each} />
            ))}
          </ul>
        </>
      )}
      <h3 className={styles.head}>Cases like it</h3>
      {similar.length === 0 && (
        <p className="quiet">None among the newest of this service shares its component, category or title.</p>
      )}
      <ul>
        {similar.map((each) => (
          <Row key={each.record.id} {...each} />
        ))}
      </ul>
    </>
  );
}
