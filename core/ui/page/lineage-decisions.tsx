// The decisions of a whole lineage: which gate, on what, by whom for which side, and whether it still says what it said.
import type { LineageDecision, Names } from '../contract.ts';
import { queryOf } from '../api.ts';
import { Go } from '../go.tsx';
import { useAnswer } from '../queries.ts';
import { usePathOf, useRegistry, useRoleWords } from '../registry.ts';
import { StageMark } from '../stage.tsx';
import { RefusedPlace, Waiting } from '../states.tsx';
import { ToneWord } from '../tone.tsx';
import { When } from '../when.tsx';
import { OutcomeWord, sideWords } from './decisions-panel.tsx';
import styles from './page.module.css';
import { nameIn } from '../named.ts';

function Row({ decision, names }: { decision: LineageDecision; names: Names }) {
  const { gates } = useRegistry();
  const roleWords = useRoleWords();
  const pathOf = usePathOf();
  const { subject } = decision;
  const name = (id: string) => nameIn(names, id);
  return (
    <li className={styles.decision}>
      <div className={styles.entryHead}>
        <strong>
          {decision.gate} {gates[decision.gate]}
        </strong>
        <OutcomeWord decision={decision} />
        {decision.ended === 'revoked' && <ToneWord tone="bad" word="Revoked" />}
        {decision.ended === null && decision.editedSince && <ToneWord tone="unknown" word="Edited since" />}
        <span className={styles.entryAt}>
          <When at={decision.occurredAt} as="instant" />
        </span>
      </div>
      <p className="small">
        <StageMark stage={subject.stage} size={12} silent />{' '}
        <Go to={pathOf(subject)}>
          {subject.ref} {subject.title}
        </Go>
      </p>
      <p className={styles.reason}>{decision.reason}</p>
      <p className="quiet small">
        {name(decision.decidedBy)}
        {decision.onBehalfOf && ` for ${name(decision.onBehalfOf)}`}, {roleWords(decision.role)} on the{' '}
        {sideWords[decision.side]} side
        {decision.customer && ` of ${name(decision.customer)}`}
      </p>
    </li>
  );
}

export function LineageDecisions({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer<{ items: LineageDecision[]; names: Names }>(
    ['lineage-decisions', id, asOf ?? null],
    `/records/${id}/lineage-decisions${queryOf({ asOf })}`,
  );
  if (answer.isPending) return <Waiting what="Loading the decisions" lines={4} />;
  if (answer.isError) return <RefusedPlace error={answer.error} again={() => answer.refetch()} />;
  const { items, names } = answer.data;
  return (
    <section className={styles.panel} aria-labelledby="decisions">
      <h2 id="decisions" className="visually-hidden">
        Decisions
      </h2>
      {items.length === 0 ? (
        <p className="quiet">Nobody has decided on anything of this thread yet.</p>
      ) : (
        <ol>
          {items.map((each) => (
            <Row key={each.id} decision={each} names={names} />
          ))}
        </ol>
      )}
    </section>
  );
}
