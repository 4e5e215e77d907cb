// Conditions that are not met: those that I see to, with the button that says so, and those that are owed to me.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ConditionsReply, OwedCondition } from '../../ui/contract.ts';
import { formatDate } from '../../ui/format.ts';
import { Go } from '../../ui/go.tsx';
import { nameIn } from '../../ui/named.ts';
import { useConditions } from '../../ui/queries.ts';
import { ToneWord } from '../../ui/tone.tsx';
import styles from './decisions.module.css';

const MeetDialog = lazy(() =>
  import('../../ui/page/meet-dialog.tsx').then((module) => ({ default: module.MeetDialog })),
);

function Due({ condition: { state, soon, dueAt } }: { condition: OwedCondition }) {
  const day = dueAt ? formatDate(dueAt) : 'no day';
  if (state === 'lapsed') return <ToneWord tone="bad" word={`Lapsed ${day}`} />;
  return soon ? <ToneWord tone="attention" word={`Due ${day}`} /> : <span className="quiet">due {day}</span>;
}

function Row({ condition, names }: { condition: OwedCondition; names: ConditionsReply['names'] }) {
  const [meeting, setMeeting] = useState(false);
  const { text, gate, subject, blocks, owner, mine } = condition;
  return (
    <li className={styles.share}>
      <div className={styles.what}>
        <Go to={`/gates/${gate}/${subject.id}`} className={styles.title}>
          {text}
        </Go>
        <p className={styles.question}>
          {gate} on {subject.title}
          {blocks && ` · closes ${blocks}`}
          {!mine && owner && ` · ${nameIn(names, owner)}`}
        </p>
      </div>
      <span className={styles.subject}>{subject.ref}</span>
      <span className={styles.wait}>
        <Due condition={condition} />
        <Button variant="subtle" size="compact-xs" aria-label={`Mark as met: ${text}`} onClick={() => setMeeting(true)}>
          Mark as met
        </Button>
      </span>
      <Suspense>{meeting && <MeetDialog condition={condition} onClose={() => setMeeting(false)} />}</Suspense>
    </li>
  );
}

interface GroupProps {
  id: string;
  title: string;
  items: readonly OwedCondition[];
  names: ConditionsReply['names'];
}

function Group({ id, title, items, names }: GroupProps) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={id} className={styles.group}>
      <h2 id={id}>
        {title} <span className="quiet small">{items.length}</span>
      </h2>
      <ul>
        {items.map((each) => (
          <Row key={each.id} condition={each} names={names} />
        ))}
      </ul>
    </section>
  );
}

export function ConditionGroups() {
  const { data } = useConditions();
  if (!data) return null;
  const { items, names } = data;
  return (
    <>
      <Group
        id="conditions-mine"
        title="Conditions that I see to"
        items={items.filter(({ mine }) => mine)}
        names={names}
      />
      <Group
        id="conditions-owed"
        title="Conditions owed to me"
        items={items.filter((each) => each.owed && !each.mine)}
        names={names}
      />
    </>
  );
}
