import type { RecordDefinition } from '../../record/define/define.ts';
import { person } from '../../record/define/fields.ts';
import type { RecordRead } from '../contract.ts';
import { useAnswer } from '../queries.ts';
import { When } from '../when.tsx';
import { EditableField } from './editable-field.tsx';
import { GatesAhead } from './lifecycle-bar.tsx';
import { LinksPanel } from './links-panel.tsx';
import styles from './page.module.css';
import { ShareActs } from './sharing.tsx';
import { nameIn } from '../named.ts';

const ownerField = person({ label: 'Owner' });

function WhyVisible({ id }: { id: string }) {
  const why = useAnswer<{ visible: boolean; because: string[] }>(['why', id], `/records/${id}/why-visible`);
  if (!why.data) return null;
  return (
    <details className={styles.details}>
      <summary>Why can I see this?</summary>
      <ul className="small">
        {why.data.because.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </details>
  );
}

/** Owner, customers, version, links: what every record has. */
export function FactsAside({
  definition,
  read,
  editable,
}: {
  definition: RecordDefinition;
  read: RecordRead;
  editable: boolean;
}) {
  const { record, names } = read;
  return (
    <aside className={styles.aside} aria-label="Facts and links">
      <dl className={styles.facts}>
        <EditableField
          definition={definition}
          read={read}
          name="owner"
          field={ownerField}
          value={record.owner}
          editable={editable}
        />
        <div className={styles.field}>
          <dt>Customers</dt>
          <dd>
            {record.customers.map((id) => nameIn(names, id)).join(', ') || <span className="quiet">Provider only</span>}
            {read.asOf === undefined && definition.stage !== 'party' && <ShareActs read={read} />}
          </dd>
        </div>
        <div className={styles.field}>
          <dt>Created</dt>
          <dd>
            <When at={record.createdAt} as="instant" />
          </dd>
        </div>
        <div className={styles.field}>
          <dt>Last edit</dt>
          <dd>
            <When at={record.updatedAt} />
          </dd>
        </div>
        <div className={styles.field}>
          <dt>Version</dt>
          <dd>
            {record.version}{' '}
            <code className="quiet" title={record.contentHash}>
              {record.contentHash.slice(0, 10)}
            </code>
          </dd>
        </div>
      </dl>
      <GatesAhead definition={definition} read={read} />
      <LinksPanel read={read} editable={editable} />
      <WhyVisible id={record.id} />
    </aside>
  );
}
