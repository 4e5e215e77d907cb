import type { ChangedReply } from '../../ui/contract.ts';
import { Go } from '../../ui/go.tsx';
import { useChangedBases } from '../../ui/queries.ts';
import { Waited } from '../../ui/when.tsx';
import styles from './decisions.module.css';

type Changed = ChangedReply['items'][number];

const becauseOf = (lapsed: readonly string[]) =>
  lapsed.length ? `a condition lapsed: ${lapsed.join(', ')}` : 'altered since it was decided';

function Row({ changed: { gate, gateLabel, subject, since, askedAgain, lapsed } }: { changed: Changed }) {
  return (
    <li className={styles.share}>
      <div className={styles.what}>
        <Go to={`/gates/${gate}/${subject.id}`} className={styles.title}>
          <span className="visually-hidden">
            {gate} {gateLabel}:{' '}
          </span>
          {subject.title}
        </Go>
        <p className={styles.question}>
          {gate} {gateLabel} · {askedAgain === null ? becauseOf(lapsed) : `asked for again: ${askedAgain}`}
        </p>
      </div>
      <span className={styles.subject}>{subject.ref}</span>
      <span className={styles.wait}>
        <Waited since={since} />
      </span>
    </li>
  );
}

function Group({ id, title, items }: { id: string; title: string; items: readonly Changed[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={id} className={styles.group}>
      <h2 id={id}>
        {title} <span className="quiet small">{items.length}</span>
      </h2>
      <ul>
        {items.map((each) => (
          <Row key={`${each.gate}${each.subject.id}${each.decidedAt}`} changed={each} />
        ))}
      </ul>
    </section>
  );
}

/** Decisions in force that stand on what reads otherwise now: who decided is asked whether they stand. */
export function ChangedGroup() {
  const changed = useChangedBases();
  const items = changed.data?.items ?? [];
  return (
    <>
      <Group id="changed" title="Altered since I decided" items={items.filter(({ mine }) => mine)} />
      <Group id="changed-others" title="Altered since others decided" items={items.filter(({ mine }) => !mine)} />
    </>
  );
}
