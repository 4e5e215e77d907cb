// A gate: the question, the side that answers it, what the answer rests on, and the answer with its reason.
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { formatMoney, inWords } from '../../ui/format.ts';
import type { Tone } from '../../lifecycle/lifecycle.ts';
import type { DecisionView, GateView, PolicyResult } from '../../ui/contract.ts';
import { Go, useParam } from '../../ui/go.tsx';
import { DecisionCard, OutcomeWord, sideWords } from '../../ui/page/decisions-panel.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { useAnswer } from '../../ui/queries.ts';
import { usePathOf, useRoleWords } from '../../ui/registry.ts';
import { StageMark } from '../../ui/stage.tsx';
import { wordsOf } from '../../ui/refusal-words.ts';
import { RefusalWords, RefusedPlace, Waiting } from '../../ui/states.tsx';
import { ToneWord } from '../../ui/tone.tsx';
import { WordsDialog } from '../../ui/words-dialog.tsx';
import { useKeepFocus } from '../../ui/use-keep-focus.ts';
import { Waited, When } from '../../ui/when.tsx';
import { Substance, useSubject } from './substance.tsx';
import { Changes } from './changes.tsx';
import { Deciders } from './deciders.tsx';
import { TogetherSection } from './together.tsx';
import { DecisionForm } from './decision-form.tsx';
import { Evidence, useClosing } from './evidence.tsx';
import styles from './gate.module.css';
import { lookup } from '../../names/lookup.ts';
import { nameIn } from '../../ui/named.ts';

const verdicts: Readonly<Record<string, readonly [Tone, string]>> = lookup({
  met: ['good', 'Met'],
  not_met: ['bad', 'Not met'],
  undecided: ['unknown', 'Undecided: counts as not met'],
  waived: ['attention', 'Waived'],
});

function Head({ gate }: { gate: GateView }) {
  const pathOf = usePathOf();
  const roleWords = useRoleWords();
  const { subject } = gate;
  return (
    <div className={styles.head}>
      <p className={styles.crumbs}>
        <Go to="/decisions">Decisions</Go>
        <span aria-hidden>/</span>
        <Go to={pathOf(subject)} className={styles.subject}>
          <StageMark stage={subject.stage} size={13} /> {subject.ref} {subject.title}
        </Go>
        <span>version {subject.version}</span>
      </p>
      <h1>
        <span className={styles.gateName}>{gate.gate}</span> {gate.label}
      </h1>
      <p className={styles.question}>{gate.question}</p>
      <dl className={styles.line}>
        <div>
          <dt>Decided by</dt>
          <dd>
            the {sideWords[gate.side]} side: {gate.roles.map(roleWords).join(' or ')}
            {gate.mayDecide.allowed && <strong>, you</strong>}
          </dd>
        </div>
        {gate.open && gate.waitingSince && (
          <div>
            <dt>Waiting</dt>
            <dd>
              <Waited since={gate.waitingSince} />
            </dd>
          </div>
        )}
        {gate.open && gate.costPerDay && (
          <div>
            <dt>Cost of waiting</dt>
            <dd>{formatMoney(gate.costPerDay)} a day</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function Preconditions({ gate }: { gate: GateView }) {
  const open = gate.preconditions.filter((each) => !each.met);
  if (gate.preconditions.length === 0) return null;
  return (
    <section aria-labelledby="before" className={styles.section}>
      <h2 id="before">
        Before it can be decided{' '}
        <span className="quiet small">
          {gate.preconditions.length - open.length} of {gate.preconditions.length} hold
        </span>
      </h2>
      <ul className={styles.checks}>
        {[...open, ...gate.preconditions.filter((each) => each.met)].map((each) => (
          <li key={each.rule}>
            <ToneWord tone={each.met ? 'good' : 'bad'} word={each.met ? 'Holds' : 'Open'} />
            <span>
              {each.sentence}{' '}
              {!each.met &&
                each.refusals.map((refusal) => (
                  <span key={refusal.code} className={styles.more}>
                    <RefusalWords refusal={refusal} />
                  </span>
                ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Policy({ policy }: { policy: PolicyResult }) {
  const [tone, word] = verdicts[policy.verdict] ?? ['unknown', inWords(policy.verdict)];
  return (
    <li>
      <ToneWord tone={tone} word={word} />
      <div>
        <Go to={`/r/${policy.id}`}>{policy.title}</Go> <span className="quiet small">{inWords(policy.effect)}</span>
        <p className="small">{policy.sentence}</p>
        <code className={styles.rule}>{policy.rule}</code>
      </div>
    </li>
  );
}

function Policies({ gate }: { gate: GateView }) {
  if (gate.policies.length === 0) return null;
  const met = gate.policies.filter((each) => each.verdict === 'met').length;
  return (
    <section aria-labelledby="policies" className={styles.section}>
      <h2 id="policies">
        Policies{' '}
        <span className="quiet small">
          {met} of {gate.policies.length} met
        </span>
      </h2>
      <ul className={styles.checks}>
        {gate.policies
          .toSorted((one, other) => Number(one.verdict === 'met') - Number(other.verdict === 'met'))
          .map((each) => (
            <Policy key={each.id} policy={each} />
          ))}
      </ul>
    </section>
  );
}

function Earlier({ gate }: { gate: GateView }) {
  if (gate.decisions.length === 0) return null;
  return (
    <section aria-labelledby="earlier" className={styles.section}>
      <h2 id="earlier">Earlier decisions here</h2>
      <ol>
        {gate.decisions.map((each) => (
          <DecisionCard key={each.id} decision={each} names={gate.names} conditions={gate.conditions} />
        ))}
      </ol>
    </section>
  );
}

/** An approval whose effect has not begun, taken back by who gave it: with the reason, on what stands there now. */
function Withdraw({ gate }: { gate: GateView }) {
  const [withdrawing, setWithdrawing] = useState(false);
  const offered = gate.outcomes.find(({ outcome }) => outcome === 'withdraw');
  if (!offered) return null;
  const { subject, evidenceHash } = gate;
  return (
    <>
      <Button variant="default" size="sm" onClick={() => setWithdrawing(true)}>
        {offered.label}
      </Button>
      {withdrawing && (
        <WordsDialog
          title={offered.label}
          draft={`withdraw.${gate.gate}.${subject.id}`}
          asks={{ label: 'Why', name: 'reason' }}
          path={`/gates/${gate.gate}/${subject.id}/decisions`}
          along={{ outcome: 'withdraw', expectedVersion: subject.version, evidenceHash }}
          send={{ label: offered.label, isGrave: true }}
          done={`Withdrawn: ${gate.gate} on ${subject.ref}.`}
          refused="Not withdrawn"
          onClose={() => setWithdrawing(false)}
        >
          <p>
            What was decided counts no more, and stays to be read.
            {offered.to && ` ${subject.ref} goes back to "${offered.to}".`}
          </p>
        </WordsDialog>
      )}
    </>
  );
}

/** Past this gate: what was decided stands here, not what one could decide in another state. */
function Decided({ gate, decision }: { gate: GateView; decision: DecisionView }) {
  const [why] = gate.closedBecause;
  return (
    <section className={styles.decide} aria-labelledby="decided">
      <h2 id="decided">Decided</h2>
      <p>
        <OutcomeWord decision={decision} /> <When at={decision.occurredAt} as="instant" />
      </p>
      <p>
        {nameIn(gate.names, decision.decidedBy)}: {decision.reason}
      </p>
      {why && <p className="quiet small">{wordsOf(why).sentence}</p>}
      <Withdraw gate={gate} />
    </section>
  );
}

function Whole({ gate }: { gate: GateView }) {
  const closing = useClosing(gate);
  const subject = useSubject(gate.subject);
  // The buttons go once it is decided: whoever pressed one stands at what they decided.
  const side = useRef<HTMLDivElement>(null);
  useKeepFocus(side);
  if (subject.read.isPending) return <Loading name={gate.gate} />;
  return (
    <article>
      <Head gate={gate} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Changes gate={gate} />
          <Substance of={subject} gate={gate} />
          {!closing && gate.inState && <Preconditions gate={gate} />}
          <Evidence gate={gate} />
          <Policies gate={gate} />
          <Earlier gate={gate} />
        </div>
        <div className={styles.side} ref={side} tabIndex={-1}>
          {closing ? <Decided gate={gate} decision={closing} /> : <DecisionForm gate={gate} />}
          <TogetherSection gate={gate} />
          <Deciders gate={gate} />
        </div>
      </div>
    </article>
  );
}

function Loading({ name }: { name: string }) {
  return (
    <>
      <h1 className="visually-hidden">Gate {name}</h1>
      <Waiting what={`Loading gate ${name}`} />
    </>
  );
}

export function Gate() {
  const name = useParam('gate');
  const subject = useParam('subject');
  const gate = useAnswer<GateView>(
    ['gate', name, subject],
    `/gates/${encodeURIComponent(name)}/${encodeURIComponent(subject)}`,
    { live: true },
  );
  usePageTitle(gate.data ? `${gate.data.gate} ${gate.data.subject.ref}` : `Gate ${name}`);
  if (gate.isPending) return <Loading name={name} />;
  if (gate.isError)
    return (
      <>
        <h1>Gate {name}</h1>
        <RefusedPlace error={gate.error} again={() => gate.refetch()} />
      </>
    );
  return <Whole gate={gate.data} />;
}
