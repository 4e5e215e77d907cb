// One piece of evidence: of what grade it is, what it says, who said it, until when, and with what hash.
import { Button } from '@mantine/core';
import { IconAlertOctagon, IconClockX, IconHistory, IconProgress } from '@tabler/icons-react';
import type { EvidencePiece as GivenPiece, GateView, Names } from '../../ui/contract.ts';
import { StatedFile } from '../../ui/files/stated-file.tsx';
import { formatValue } from '../../ui/format.ts';
import { Go } from '../../ui/go.tsx';
import { useRoleWords } from '../../ui/registry.ts';
import { When } from '../../ui/when.tsx';
import styles from './gate.module.css';
import { lookup } from '../../names/lookup.ts';

type Asked = GateView['expectedEvidence'][number];

/** How a piece shows: its grade, or what is wrong with it; `missing` is what the gate wants to see and nobody gave. */
export type Look = NonNullable<GivenPiece['fault']> | GivenPiece['grade'] | 'missing';

/** A row: a piece that was given, or what is missing. */
export type Row = { look: Look; piece: GivenPiece } | { look: 'missing'; asked: Asked };

/** The weakest first. */
export const looks = [
  'failed',
  'expired',
  'stale',
  'unready',
  'missing',
  'attested',
  'recorded',
  'measured',
] as const satisfies readonly Look[];

export const lookWords: Readonly<Record<Look, string>> = lookup({
  failed: 'Failed',
  expired: 'Expired',
  stale: 'Out of date',
  unready: 'Not ready',
  missing: 'Missing',
  attested: 'Attested',
  recorded: 'Recorded',
  measured: 'Measured',
});

const signs: Readonly<Record<string, typeof IconHistory>> = lookup({
  failed: IconAlertOctagon,
  expired: IconClockX,
  stale: IconHistory,
  unready: IconProgress,
});

/** Measured is filled, recorded has a core, attested is outlined, missing dashed; what is wrong has signs of its own. */
export function LookMark({ look }: { look: Look }) {
  const Sign = signs[look];
  if (Sign) return <Sign size={14} aria-hidden className={styles[look]} />;
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden className={styles[look]}>
      <circle
        cx="7"
        cy="7"
        r="5"
        stroke="currentColor"
        strokeWidth="1.5"
        fill={look === 'measured' ? 'currentColor' : 'none'}
        strokeDasharray={look === 'missing' ? '2.4 2' : undefined}
      />
      {look === 'recorded' && <circle cx="7" cy="7" r="2.2" fill="currentColor" />}
    </svg>
  );
}

function LookCell({ look }: { look: Look }) {
  return (
    <td className={styles.kind}>
      <span className={styles.kindWord}>
        <LookMark look={look} />
        {lookWords[look]}
      </span>
    </td>
  );
}

function Figure({ figure }: { figure: NonNullable<GivenPiece['figure']> }) {
  return (
    <>
      <p className="small">
        <b>{formatValue(figure.value, figure.unit ?? '')}</b> of {figure.n} values, <When at={figure.from} as="date" />{' '}
        to <When at={figure.to} as="date" />
      </p>
      {figure.records && (
        <div className="small">
          <Go to={figure.records}>Its records</Go>
        </div>
      )}
    </>
  );
}

interface GivenProps {
  piece: GivenPiece;
  look: Look;
  subject: GateView['subject'];
  names: Names;
  onRestate: (() => void) | undefined;
  onTakeBack: (() => void) | undefined;
}

export function Given({ piece, look, subject, names, onRestate, onTakeBack }: GivenProps) {
  const roleWords = useRoleWords();
  const isRecord = piece.grade === 'recorded';
  return (
    <tr>
      <LookCell look={look} />
      <td className={styles.pieceTitle}>
        {isRecord ? <Go to={`/r/${piece.id}`}>{piece.title}</Go> : piece.title}
        {isRecord && piece.ref && <span className="quiet"> {piece.ref}</span>}
        {piece.kind && piece.grade !== 'attested' && <p className="small quiet">Shows: {piece.kind}</p>}
        {piece.figure && <Figure figure={piece.figure} />}
        {piece.statement && <p className={`small ${styles.statement}`}>{piece.statement}</p>}
        {piece.fileHash && (
          <div className="small">
            <StatedFile record={subject} hash={piece.fileHash} name={piece.fileName} />
          </div>
        )}
        {piece.role && (
          <p className="small quiet">
            As {roleWords(piece.role)}
            {piece.expiresAt && (
              <>
                , until <When at={piece.expiresAt} as="date" />
              </>
            )}
          </p>
        )}
        {onRestate && (
          <Button variant="subtle" size="compact-xs" aria-label={`State anew: ${piece.title}`} onClick={onRestate}>
            State it anew
          </Button>
        )}
        {onTakeBack && (
          <Button
            variant="subtle"
            size="compact-xs"
            color="gray"
            aria-label={`Take back: ${piece.title}`}
            onClick={onTakeBack}
          >
            Take back
          </Button>
        )}
      </td>
      <td>{piece.from ? (names[piece.from] ?? piece.from) : <span className="quiet">the system</span>}</td>
      <td>
        <When at={piece.at} />
      </td>
      <td>
        <code title={piece.hash}>{piece.hash.slice(0, 10)}</code>
      </td>
    </tr>
  );
}

export function Missing({ asked, onAttest }: { asked: Asked; onAttest: (() => void) | undefined }) {
  const roleWords = useRoleWords();
  return (
    <tr>
      <LookCell look="missing" />
      <td className={styles.pieceTitle} colSpan={4}>
        {asked.title}
        <p className="small quiet">
          {asked.mandatory ? 'The gate stays closed without it' : 'The gate opens without it'} · asked of{' '}
          {asked.roles.map(roleWords).join(' or ')}
        </p>
        {onAttest && (
          <Button variant="default" size="compact-xs" aria-label={`Attest: ${asked.title}`} onClick={onAttest}>
            Attest
          </Button>
        )}
      </td>
    </tr>
  );
}
