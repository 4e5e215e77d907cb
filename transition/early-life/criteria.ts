import type { Profile } from '../../core/lifecycle/profile.ts';

export interface ExitCriterion {
  criterion: string;
  statement: string;
  threshold: string;
  state: 'unmet' | 'met';
  basis: 'figures' | 'people';
  value: string | null;
  note: string | null;
}

const rows: readonly [string, string, string, ExitCriterion['basis']][] = [
  ['EL-01', 'Users complete the intended business activity', 'as agreed, e.g. 98 %', 'figures'],
  ['EL-02', 'Availability and performance against the agreement', 'met every week', 'figures'],
  [
    'EL-03',
    'No open severity 1, severity 2 within the agreed number, inflow not rising',
    'no upward signal',
    'figures',
  ],
  ['EL-04', 'Normal support restores in time without transition staff', '90 % in the final week', 'figures'],
  ['EL-05', 'Outcome instruments give complete data, first reading taken', '100 % of outcomes', 'figures'],
  ['EL-06', 'Known errors have workarounds, the defect backlog has an owner', '100 %', 'people'],
  ['EL-07', 'Training and adoption', 'as agreed', 'people'],
  ['EL-08', 'Cost of running within tolerance', 'within 10 %', 'people'],
  ['EL-09', 'Suppliers perform to contract, agreements signed', 'met', 'people'],
  ['EL-10', 'Operations accepts, documents baselined, lessons logged', 'yes', 'people'],
  ['EL-11', 'User satisfaction', 'as agreed, enough answers', 'people'],
];
const inLight = ['EL-01', 'EL-03', 'EL-10'];

/** The exit criteria of early life support (model C.6) that a profile starts with. */
export function exitCriteria(profile: Profile | null): ExitCriterion[] {
  return rows
    .filter(([criterion]) => profile !== 'light' || inLight.includes(criterion))
    .map(([criterion, statement, threshold, basis]) => ({
      criterion,
      statement,
      threshold,
      basis,
      state: 'unmet',
      value: null,
      note: null,
    }));
}
