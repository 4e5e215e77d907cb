import { Button } from '@mantine/core';
import { IconAlertOctagon, IconClockX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { DecisionView, EvidencePiece as GivenPiece, GateView, Names } from '../../ui/contract.ts';
import { StatedFile } from '../../ui/files/stated-file.tsx';
import { Go, useSearch } from '../../ui/go.tsx';
import { useRegistry } from '../../ui/registry.ts';
import { useKeepFocus } from '../../ui/use-keep-focus.ts';
import { When } from '../../ui/when.tsx';
import { AttestDialog } from './attest-dialog.tsx';
import styles from './gate.module.css';
import { lookup } from '../../names/lookup.ts';

/** A piece that was given, or one that the gate wants to see and nobody gave. */
export type EvidencePiece =
  | GivenPiece
  | {
      type: 'expected';
      title: string;
      kind: 'missing';
      hash: null;
      statement?: undefined;
      fileHash?: undefined;
      fileName?: undefined;
      at: null;
      from: null;
      id?: undefined;
      ref?: undefined;
    };

export const kinds = [
  'failed',
  'expired',
  'missing',
  'attested',
  'measured',
] as const satisfies readonly EvidencePiece['kind'][];
const words: Readonly<Record<EvidencePiece['kind'], string>> = lookup({
  failed: 'Failed',
  expired: 'Expired',
  missing: 'Missing',
  attested: 'Attested',
  measured: 'Measured',
});

/** Measured is filled, attested outlined, missing dashed; failed and expired have signs of their own. */
export function EvidenceMark({ kind }: { kind: EvidencePiece['kind'] }) {
  if (kind === 'failed') return <IconAlertOctagon size={14} aria-hidden className={styles.failed} />;
  if (kind === 'expired') return <IconClockX size={14} aria-hidden className={styles.expired} />;
  const look =
    kind === 'measured'
      ? { fill: 'currentColor' }
      : { fill: 'none', strokeDasharray: kind === 'missing' ? '2.4 2' : undefined };
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden className={styles[kind]}>
      <circle cx="7" cy="7" r="5" stroke="currentColor" strokeWidth="1.5" {...look} />
    </svg>
  );
}

interface PieceProps {
  piece: EvidencePiece;
  subject: GateView['subject'];
  names: Names;
  onAttest: (() => void) | undefined;
}

function Piece({ piece, subject, names, onAttest }: PieceProps) {
  return (
    <tr>
      <td className={styles.kind}>
        <span className={styles.kindWord}>
          <EvidenceMark kind={piece.kind} />
          {words[piece.kind]}
        </span>
      </td>
      <td className={styles.pieceTitle}>
        {piece.id && piece.ref ? <Go to={`/r/${piece.id}`}>{piece.title}</Go> : piece.title}
        {piece.ref && <span className="quiet"> {piece.ref}</span>}
        {piece.statement && <p className={`small ${styles.statement}`}>{piece.statement}</p>}
        {piece.fileHash && (
          <div className="small">
            <StatedFile record={subject} hash={piece.fileHash} name={piece.fileName} />
          </div>
        )}
      </td>
      <td>{piece.from ? (names[piece.from] ?? piece.from) : <span className="quiet">–</span>}</td>
      <td>{piece.at ? <When at={piece.at} /> : <span className="quiet">–</span>}</td>
      <td>
        {piece.hash ? (
          <code title={piece.hash}>{piece.hash.slice(0, 10)}</code>
        ) : onAttest ? (
          <Button variant="default" size="compact-xs" aria-label={`Attest: ${piece.title}`} onClick={onAttest}>
            Attest
          </Button>
        ) : (
          <span className="quiet">–</span>
        )}
      </td>
    </tr>
  );
}

/**
 * The decision after which nothing is decided on here: the approval that brought the subject past this gate, or whatever
 * ended it for good. One that sent it back does not: it is to come again.
 */
export function useClosing({ gate, subject, closedBecause, decisions }: GateView): DecisionView | undefined {
  const { definitions } = useRegistry();
  if (!closedBecause.some(({ code }) => code === 'decision.not-open')) return undefined;
  const definition = definitions.find((each) => each.type === subject.type);
  const isOver = definition?.lifecycle.states[subject.state]?.final === true;
  return decisions.findLast((each) => each.gate === gate && (isOver || each.outcome.startsWith('approve')));
}

/** The pieces there are, and a missing one for everything the gate wants to see and nobody gave. */
export function withMissing({
  evidence,
  expectedEvidence,
}: Pick<GateView, 'evidence' | 'expectedEvidence'>): EvidencePiece[] {
  const given = new Set(evidence.map((piece) => piece.title.toLowerCase()));
  const missing = expectedEvidence
    .filter(({ title }) => !given.has(title.toLowerCase()))
    .map(({ title }) => ({
      type: 'expected' as const,
      title,
      kind: 'missing' as const,
      hash: null,
      at: null,
      from: null,
    }));
  return [...evidence, ...missing];
}

/** What the decision rests on, the weakest first; the counts choose what shows. */
export function Evidence({ gate }: { gate: GateView }) {
  const { names, evidenceHash } = gate;
  const evidence = withMissing(gate);
  // What was decided is not added to afterwards.
  const passed = useClosing(gate) !== undefined;
  // Who has attested the last missing piece stands at the pieces, not nowhere.
  const place = useRef<HTMLDivElement>(null);
  useKeepFocus(place);
  const [attesting, setAttesting] = useState<string | null>(null);
  const [search, edit] = useSearch();
  const only = kinds.find((kind) => kind === search.get('evidence'));
  const shown = kinds.flatMap((kind) => evidence.filter((piece) => piece.kind === kind && (!only || only === kind)));
  return (
    <section aria-labelledby="evidence" className={styles.section}>
      <div className={styles.sectionHead}>
        <h2 id="evidence">Evidence</h2>
        <div className={styles.counts} role="group" aria-label="Show only">
          {kinds.toReversed().map((kind) => (
            <button
              key={kind}
              type="button"
              className={styles.count}
              aria-pressed={only === kind}
              onClick={() => edit({ evidence: only === kind ? null : kind })}
            >
              <EvidenceMark kind={kind} />
              <b>{evidence.filter((piece) => piece.kind === kind).length}</b> {words[kind].toLowerCase()}
            </button>
          ))}
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="quiet">
          {only
            ? `No piece is ${words[only].toLowerCase()}.`
            : 'This gate asks for no evidence beside the record itself.'}
        </p>
      ) : (
        <div ref={place} className={styles.scroll} tabIndex={0} role="group" aria-label="Pieces of evidence">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col">What</th>
                <th scope="col">From</th>
                <th scope="col">When</th>
                <th scope="col">
                  <span className={styles.wideWord}>Hash</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((piece, index) => (
                <Piece
                  key={`${piece.type}${piece.id ?? piece.title}${index}`}
                  piece={piece}
                  subject={gate.subject}
                  names={names}
                  onAttest={passed ? undefined : () => setAttesting(piece.title)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {attesting !== null && <AttestDialog gate={gate} title={attesting} onClose={() => setAttesting(null)} />}
      <p className={styles.hash}>
        A decision binds exactly this set: <code title={evidenceHash}>{evidenceHash.slice(0, 12)}</code>
      </p>
    </section>
  );
}
