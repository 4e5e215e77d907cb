// Whether a criterion that is not met is waived by who bears it. Pure.

/** A waiver as the rules of what it is about know it. */
export interface GrantedWaiver {
  ref: string;
  criterion: string;
  statement: string;
  validUntil: string;
}

/** A waiver holds for exactly the criterion that was decided on, until its last day. */
export const isWaived = (
  { criterion, statement }: { criterion: string; statement: string },
  waivers: readonly GrantedWaiver[],
  now: string,
): boolean =>
  waivers.some(
    (each) => each.criterion === criterion && each.statement === statement && each.validUntil >= now.slice(0, 10),
  );
