/** An expected "no": never thrown across a module's edge, always told with what to do next. */
export interface Refusal {
  /** Stable, module-prefixed, kebab-case: `requirement.no-outcome`. */
  code: string;
  /** What is wrong, in a sentence for a person. */
  sentence: string;
  /** What to do next. */
  hint: string;
  /** The field that it concerns, where there is one. */
  field?: string;
  /** Instants and days that stand in its words, as ISO 8601: a screen shows them in the reader's zone and language. */
  times?: readonly string[];
}

/** How a refusal is told over HTTP (RFC 9110 status codes). */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'refused'
  | 'too_many'
  | 'unavailable'
  | 'no_room'
  | 'too_large';

/** A part of a record that somebody altered after the version an edit rests on. */
export interface Altered {
  /** A field's name, `title`, `owner`, `customers`, `state`, `decision`, or an item as `items.SDP-04`. */
  part: string;
  /** What stands there now. */
  value: unknown;
  version: number;
  by: string | null;
  /** Null too where the reader may not know who it is. */
  byName: string | null;
  at: string;
}

export interface Refused {
  ok: false;
  kind: RefusalKind;
  refusals: Refusal[];
  /** With a conflict: the version that stands now. */
  currentVersion?: number;
  /** With a conflict: what was altered since the version that was named. */
  altered?: Altered[];
}

export type Outcome<T> = { ok: true; value: T } | Refused;

export function refusal(code: string, sentence: string, hint: string, field?: string): Refusal {
  return field === undefined ? { code, sentence, hint } : { code, sentence, hint, field };
}

/** Names the times in a refusal's words. */
export function timed(refused: Refusal, ...times: readonly string[]): Refusal {
  return { ...refused, times };
}

export function refuse(kind: RefusalKind, ...refusals: Refusal[]): Refused {
  return { ok: false, kind, refusals };
}

/** Refusals about who may act are a "forbidden"; all others a "refused". */
export function kindOf(refusals: readonly Refusal[]): 'forbidden' | 'refused' {
  return refusals.some((each) => each.code.startsWith('permission.') || each.code.startsWith('separation.'))
    ? 'forbidden'
    : 'refused';
}

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** Carries a refusal out of a transaction so that it rolls back; caught in one place only (`refusable`). */
export class RefusedError extends Error {
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(refused.refusals.map((each) => each.code).join(', '));
    this.refused = refused;
  }
}

/** Ends the work at hand, and its transaction, with a refusal. */
export function stop(refused: Refused): never {
  throw new RefusedError(refused);
}

/** Runs work that may `stop`, and returns what it refused as a value. */
export async function refusable<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return done(await work());
  } catch (error) {
    if (error instanceof RefusedError) return error.refused;
    throw error;
  }
}

/** A rule's answer: nothing where it holds, else the refusal that says what to do. */
export const unless = (ok: boolean, no: Refusal): Refusal[] => (ok ? [] : [no]);
