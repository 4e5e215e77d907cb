import { Button } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Tone } from '../../lifecycle/lifecycle.ts';
import type { Condition, DecisionOutcome, DecisionView, Names } from '../contract.ts';
import { formatDate, inWords } from '../format.ts';
import { useRegistry, useRoleWords } from '../registry.ts';
import { ToneWord } from '../tone.tsx';
import { useKeepFocus } from '../use-keep-focus.ts';
import { When } from '../when.tsx';
import styles from './page.module.css';
import { lookup } from '../../names/lookup.ts';
import { nameIn } from '../named.ts';

const outcomes: Readonly<Record<DecisionOutcome, { word: string; tone: Tone }>> = lookup({
  approve: { word: 'Approved', tone: 'good' },
  approve_with_conditions: { word: 'Approved with conditions', tone: 'attention' },
  reject: { word: 'Rejected', tone: 'bad' },
  defer: { word: 'Deferred', tone: 'unknown' },
  withdraw: { word: 'Withdrawn', tone: 'unknown' },
  opt_out: { word: 'Opted out', tone: 'unknown' },
});
const bases: Readonly<Record<DecisionView['basis'], { word: string; tone: Tone }>> = lookup({
  current: { word: 'Stands', tone: 'good' },
  stale: { word: 'Stale: edited since', tone: 'attention' },
  revoked: { word: 'Revoked', tone: 'bad' },
  consumed: { word: 'Used', tone: 'neutral' },
});
export const sideWords = lookup({ B: 'business', P: 'provider' } as const);

export function OutcomeWord({ decision }: { decision: Pick<DecisionView, 'outcome' | 'variant'> }) {
  const { word, tone } = outcomes[decision.outcome];
  return (
    <ToneWord tone={tone} word={decision.variant ? `${word}: ${inWords(decision.variant).toLowerCase()}` : word} />
  );
}

const MeetDialog = lazy(() => import('./meet-dialog.tsx').then((module) => ({ default: module.MeetDialog })));

function ConditionRow({ condition, names }: { condition: Condition; names: Names }) {
  const [meeting, setMeeting] = useState(false);
  const { text, state, owner, dueAt, blocks } = condition;
  return (
    <li>
      Condition: {text}{' '}
      <span className="quiet">
        {state === 'lapsed' ? 'Lapsed: its day passed' : inWords(state)}
        {owner && `, ${nameIn(names, owner)}`}
        {dueAt && `, due ${formatDate(dueAt)}`}
        {blocks && `, blocks ${blocks}`}
      </span>
      {state !== 'met' && (
        <Button variant="subtle" size="compact-xs" onClick={() => setMeeting(true)}>
          Mark as met
        </Button>
      )}
      <Suspense>{meeting && <MeetDialog condition={condition} onClose={() => setMeeting(false)} />}</Suspense>
    </li>
  );
}

export function DecisionCard({
  decision,
  names,
  conditions = [],
}: {
  decision: DecisionView;
  names: Names;
  conditions?: readonly Condition[];
}) {
  const { gates } = useRegistry();
  const roleWords = useRoleWords();
  const mine = conditions.filter((each) => each.decision === decision.id);
  const basis = bases[decision.basis];
  return (
    <li className={styles.decision}>
      <div className={styles.entryHead}>
        <span>
          <strong>
            {decision.gate} {gates[decision.gate]}
          </strong>
        </span>
        <OutcomeWord decision={decision} />
        <ToneWord tone={basis.tone} word={basis.word} />
        {decision.lapsed && <ToneWord tone="bad" word="A condition lapsed" />}
        <span className={styles.entryAt}>
          <When at={decision.occurredAt} as="instant" />
        </span>
      </div>
      <p className={styles.reason}>{decision.reason}</p>
      {decision.findings.length > 0 && (
        <ul className={styles.why}>
          {decision.findings.map((each, index) => (
            <li key={index}>
              <strong>{each.severity === 'must' ? 'Must' : 'Should'}</strong>
              {each.itemRef && ` ${each.itemRef}`}: {each.text}
            </li>
          ))}
        </ul>
      )}
      {mine.length > 0 && (
        <ul className={styles.why}>
          {mine.map((each) => (
            <ConditionRow key={each.id} condition={each} names={names} />
          ))}
        </ul>
      )}
      <p className="quiet small">
        {nameIn(names, decision.decidedBy)}
        {decision.onBehalfOf && ` for ${nameIn(names, decision.onBehalfOf)}`}, {roleWords(decision.role)} on the{' '}
        {sideWords[decision.side]} side
        {' · '}on version {decision.subjectVersion},{' '}
        <code title={decision.subjectHash}>{decision.subjectHash.slice(0, 12)}</code>
        {decision.evidence.length > 0 &&
          ` and ${decision.evidence.length} ${decision.evidence.length === 1 ? 'piece' : 'pieces'} of evidence`}
        {decision.selfChecked && ' · self-checked'}
        {decision.selfDeclared && ' · on a self-declared claim'}
      </p>
    </li>
  );
}

/** Who decided what on which evidence; a decision that an edit made stale says so. */
export function DecisionsPanel({
  decisions,
  names,
  conditions,
}: {
  decisions: readonly DecisionView[];
  names: Names;
  conditions: readonly Condition[];
}) {
  const place = useRef<HTMLElement>(null);
  useKeepFocus(place);
  return (
    <section ref={place} tabIndex={-1} className={styles.panel} aria-labelledby="decisions">
      <h2 id="decisions" className="visually-hidden">
        Decisions
      </h2>
      {decisions.length === 0 ? (
        <p className="quiet">Nobody has decided on this yet.</p>
      ) : (
        <ol>
          {decisions.map((each) => (
            <DecisionCard key={each.id} decision={each} names={names} conditions={conditions} />
          ))}
        </ol>
      )}
    </section>
  );
}
