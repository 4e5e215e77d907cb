import type { WaitingShares } from '../../ui/contract.ts';
import { Go } from '../../ui/go.tsx';
import { useWaitingShares } from '../../ui/queries.ts';
import { Waited } from '../../ui/when.tsx';
import styles from './decisions.module.css';

type Share = WaitingShares['items'][number];

const asksTo = ({ kind, customerName }: Share): string =>
  kind === 'join' ? `${customerName} is to share in it` : `${customerName} is to be let go`;

/** What is asked about who shares in records, which the reader answers on the record's page; nothing where nothing is asked. */
export function WaitingSharesGroup() {
  const waiting = useWaitingShares();
  const items = waiting.data?.items ?? [];
  const names = waiting.data?.names ?? {};
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="shares" className={styles.group}>
      <h2 id="shares">
        Waiting for my consent <span className="quiet small">{items.length}</span>
      </h2>
      <ul>
        {items.map((each) => (
          <li key={each.id} className={styles.share}>
            <div className={styles.what}>
              <Go to={`/r/${each.record.ref}`} className={styles.title}>
                {each.record.title}
              </Go>
              <p className={styles.question}>
                {asksTo(each)}: {each.reason}
              </p>
            </div>
            <span className={styles.subject}>{each.record.ref}</span>
            <span className={styles.wait}>
              <Waited since={each.askedAt} />
              <span className="quiet">{names[each.askedBy] ?? ''}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
