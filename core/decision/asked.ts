// What a gate wants to see beside what is there: which kinds it stays closed without, and what closes it. Pure.
import { canClose, kindTitled } from '../lifecycle/gate.ts';
import type { EvidenceKind, Gate } from '../lifecycle/gate.ts';
import { isAtLeast } from '../lifecycle/profile.ts';
import type { Profile } from '../lifecycle/profile.ts';
import type { MeasuredFigure } from '../record/define/work.ts';
import type { RecordData } from '../record/define/data.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { EvidenceItem } from './evidence.ts';

export interface Asked extends EvidenceKind {
  /** The gate stays closed without it, as its subject is handled. */
  mandatory: boolean;
  given: boolean;
}

/** The pieces with what each is of: a statement is of the kind that it is titled as. */
export const kindsOf = (gate: Gate, pieces: readonly EvidenceItem[]): EvidenceItem[] =>
  pieces.map((piece) => ({ ...piece, kind: piece.kind ?? kindTitled(gate, piece.title)?.title ?? null }));

/** A figure of the subject as a piece of evidence: it stands in the subject, whose hash a decision binds. */
export const measuredPiece = (
  { id, ref, contentHash }: Pick<RecordData, 'id' | 'ref' | 'contentHash'>,
  figure: MeasuredFigure,
): EvidenceItem => ({
  type: 'figure',
  id,
  ref,
  title: figure.label,
  statement: null,
  grade: 'measured',
  fault: null,
  kind: figure.kind,
  hash: contentHash,
  at: figure.at,
  from: null,
  gate: null,
  fileName: null,
  fileHash: null,
  customer: null,
  role: null,
  expiresAt: null,
  figure,
});

export const askedAt = (gate: Gate, profile: Profile | null, pieces: readonly EvidenceItem[]): Asked[] =>
  gate.evidence.map((kind) => ({
    ...kind,
    mandatory: isAtLeast(profile, kind.from),
    given: pieces.some((piece) => piece.kind === kind.title && piece.fault === null),
  }));

/** Why the evidence closes a gate: what it has to see is not there, or somebody whom it asks said that it failed. */
export function evidenceRefusals(gate: Gate, asked: readonly Asked[], pieces: readonly EvidenceItem[]): Refusal[] {
  const lacking = asked.filter(({ mandatory, given }) => mandatory && !given);
  const bad = pieces.filter(
    ({ fault, title, role }) =>
      (fault === 'failed' || fault === 'expired') && role !== null && canClose(gate, { title, role }),
  );
  return [
    ...bad.map(({ title, fault, role }) =>
      refusal(
        'decision.evidence',
        `The evidence "${title}" has ${fault === 'failed' ? 'failed' : 'expired'}.`,
        `Have ${role ?? 'the same role'} attest it anew, or take it back.`,
      ),
    ),
    ...lacking
      .filter(({ title }) => !bad.some((piece) => piece.kind === title))
      .map((kind) =>
        lack(
          kind,
          pieces.filter((piece) => piece.kind === kind.title),
        ),
      ),
  ];
}

function lack({ title, roles }: Asked, there: readonly EvidenceItem[]): Refusal {
  const by = roles.join(' or ');
  if (there.some(({ fault }) => fault === 'stale'))
    return refusal(
      'decision.evidence-stale',
      `"${title}" was attested before the record was altered.`,
      `Have ${by} attest it of what the record says now.`,
    );
  if (there.some(({ fault }) => fault === 'unready'))
    return refusal(
      'decision.evidence-unready',
      `"${title}" is linked, and does not stand where it has to.`,
      `Bring the linked record there, or have ${by} attest it.`,
    );
  return refusal(
    'decision.evidence-missing',
    `"${title}" is missing.`,
    `Have ${by} attest it at this gate, with a file where there is one.`,
  );
}
