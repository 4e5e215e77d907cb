import { useRef, useState } from 'react';
import type { DecisionView, EvidencePiece, GateView } from '../../ui/contract.ts';
import { useSearch } from '../../ui/go.tsx';
import { useRegistry } from '../../ui/registry.ts';
import { useKeepFocus } from '../../ui/use-keep-focus.ts';
import { WordsDialog } from '../../ui/words-dialog.tsx';
import { AttestDialog } from './attest-dialog.tsx';
import { Given, looks, lookWords, LookMark, Missing } from './piece.tsx';
import type { Row } from './piece.tsx';
import styles from './gate.module.css';

/**
 * The decision after which nothing is decided on here: the approval that brought the subject past this gate, or whatever
 * ended it for good. One that sent it back does not: it is to come again.
 */
export function useClosing({ gate, subject, closedBecause, decisions }: GateView): DecisionView | undefined {
  const { definitions } = useRegistry();
  if (!closedBecause.some(({ code }) => code === 'decision.not-open')) return undefined;
  const definition = definitions.find((each) => each.type === subject.type);
  const isOver = definition?.lifecycle.states[subject.state]?.final === true;
  const stands = (each: DecisionView) => each.outcome.startsWith('approve') && each.basis !== 'revoked';
  return decisions.findLast((each) => each.gate === gate && (isOver || stands(each)));
}

/** The pieces there are, and a missing one for everything the gate wants to see and nobody gave. */
export function rowsOf({ evidence, expectedEvidence }: Pick<GateView, 'evidence' | 'expectedEvidence'>): Row[] {
  const given = evidence.map((piece) => ({ look: piece.fault ?? piece.grade, piece }));
  const isThere = (title: string) => evidence.some((piece) => piece.kind === title && piece.fault !== 'unready');
  const missing = expectedEvidence
    .filter(({ title }) => !isThere(title))
    .toSorted((one, other) => Number(other.mandatory) - Number(one.mandatory))
    .map((asked) => ({ look: 'missing' as const, asked }));
  return [...given, ...missing];
}

function TakeBackDialog({ piece, onClose }: { piece: EvidencePiece; onClose: () => void }) {
  return (
    <WordsDialog
      title={`Take back: ${piece.title}`}
      draft={`take-back.${piece.id}`}
      asks={{ label: 'Why', name: 'reason' }}
      path={`/attestations/${piece.id}/withdraw`}
      send={{ label: 'Take back' }}
      done="Taken back."
      refused="Not taken back"
      onClose={onClose}
    >
      <p className="small quiet">
        It is missing from then on, and nothing older stands instead. Both sides read the reason; who decided on it is
        asked whether the decision stands.
      </p>
    </WordsDialog>
  );
}

/** What the decision rests on, the weakest first; the counts choose what shows. */
export function Evidence({ gate }: { gate: GateView }) {
  const { names, evidenceHash, subject } = gate;
  const rows = rowsOf(gate);
  // What was decided is not added to afterwards.
  const passed = useClosing(gate) !== undefined;
  // Who has attested the last missing piece stands at the pieces, not nowhere.
  const place = useRef<HTMLDivElement>(null);
  useKeepFocus(place);
  const [attesting, setAttesting] = useState<string | null>(null);
  const [takingBack, setTakingBack] = useState<EvidencePiece | null>(null);
  const [search, edit] = useSearch();
  const only = looks.find((look) => look === search.get('evidence'));
  const shown = looks.flatMap((look) => rows.filter((row) => row.look === look && (!only || only === look)));
  const counts = new Map(looks.map((look) => [look, rows.filter((row) => row.look === look).length]));
  const usual: readonly string[] = ['measured', 'recorded', 'attested', 'missing'];
  // A newer statement stands instead of the older: also where that has lapsed, or is a colleague's.
  const restating = ({ grade, kind }: EvidencePiece) =>
    grade === 'attested' && kind !== null && gate.expectedEvidence.some(({ title, mine }) => mine && title === kind)
      ? () => setAttesting(kind)
      : undefined;
  return (
    <section aria-labelledby="evidence" className={styles.section}>
      <div className={styles.sectionHead}>
        <h2 id="evidence">Evidence</h2>
        <div className={styles.counts} role="group" aria-label="Show only">
          {looks
            .toReversed()
            .filter((look) => usual.includes(look) || counts.get(look) || only === look)
            .map((look) => (
              <button
                key={look}
                type="button"
                className={styles.count}
                aria-pressed={only === look}
                onClick={() => edit({ evidence: only === look ? null : look })}
              >
                <LookMark look={look} />
                <b>{counts.get(look)}</b> {lookWords[look].toLowerCase()}
              </button>
            ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="quiet">
          {only
            ? `No piece is ${lookWords[only].toLowerCase()}.`
            : 'This gate asks for no evidence beside the record itself.'}
        </p>
      ) : (
        <div ref={place} className={styles.scroll} tabIndex={0} role="group" aria-label="Pieces of evidence">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Grade</th>
                <th scope="col">What</th>
                <th scope="col">From</th>
                <th scope="col">When</th>
                <th scope="col">
                  <span className={styles.wideWord}>Hash</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) =>
                'asked' in row ? (
                  <Missing
                    key={row.asked.title}
                    asked={row.asked}
                    onAttest={passed || !row.asked.mine ? undefined : () => setAttesting(row.asked.title)}
                  />
                ) : (
                  <Given
                    key={`${row.piece.type}${row.piece.id}${row.piece.title}`}
                    piece={row.piece}
                    look={row.look}
                    subject={subject}
                    names={names}
                    onRestate={passed ? undefined : restating(row.piece)}
                    onTakeBack={row.piece.mine ? () => setTakingBack(row.piece) : undefined}
                  />
                ),
              )}
            </tbody>
          </table>
        </div>
      )}
      {attesting !== null && <AttestDialog gate={gate} title={attesting} onClose={() => setAttesting(null)} />}
      {takingBack && <TakeBackDialog piece={takingBack} onClose={() => setTakingBack(null)} />}
      <p className={styles.hash}>
        A decision binds exactly this set: <code title={evidenceHash}>{evidenceHash.slice(0, 12)}</code>, and{' '}
        {gate.subject.ref} in version {gate.subject.version}:{' '}
        <code title={gate.subjectHash}>{gate.subjectHash.slice(0, 12)}</code>
      </p>
    </section>
  );
}
