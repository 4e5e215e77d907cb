import { findingsAnswered } from '../../core/decision/findings.ts';
import { rulesOf } from '../../core/record/define/rule.ts';
import type { StandingDecision } from '../../core/decision/standing.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import { refusal, timed, unless } from '../../core/refusal/refusal.ts';
import type { Refusal } from '../../core/refusal/refusal.ts';
import { targetRefusals } from './better-side.ts';
import type { Better } from './better-side.ts';
import type { improvementRecord } from './record.ts';
import { dayAfter, mayExtend, strayDays, windowOf } from './window.ts';

type Values = FieldsOf<typeof improvementRecord>;

/** What the rules of an improvement need to know. */
export interface ImprovementFacts {
  better: Better | null;
  decisions: readonly StandingDecision[];
}

/** One refusal for each field that is empty. */
function demand(values: Values, fields: readonly (readonly [keyof Values, string])[]): Refusal[] {
  return fields
    .filter(([field]) => values[field] === null)
    .map(([field, name]) =>
      refusal('improvement.incomplete', `It has no ${name}.`, 'Complete the justification.', field),
    );
}

/** What an improvement must fulfil (model B.21, F.4, F.5, F.6). */
export const improvementRules = rulesOf<typeof improvementRecord, ImprovementFacts>({
  'measurable-target': {
    sentence: 'It says from which value to which better value of a metric it leads, and in which stage the cause lies.',
    needs: ['better'],
    gives: [
      'improvement.incomplete',
      'improvement.impossible-target',
      'improvement.worse-side',
      'improvement.no-shift',
    ],
    check: ({ values, facts }) => {
      const missing = demand(values, [
        ['metric', 'metric'],
        ['unit', 'unit'],
        ['baselineValue', 'value today'],
        ['targetValue', 'value aimed at'],
        ['targetStage', 'stage where the cause lies'],
      ]);
      if (missing.length) return missing;
      if (values.baselineValue !== values.targetValue) return targetRefusals(values, facts.better);
      return [
        refusal('improvement.no-shift', 'It aims at the value of today.', 'Aim at another value.', 'targetValue'),
      ];
    },
  },
  'worth-stated': {
    sentence: 'Benefit, cost and risk are stated.',
    gives: ['improvement.incomplete'],
    check: ({ values }) =>
      demand(values, [
        ['benefit', 'benefit'],
        ['oneOffCost', 'one-off cost'],
        ['risk', 'risk'],
      ]),
  },
  'verification-planned': {
    sentence: 'It says beforehand how the effect will be verified, and over how many days.',
    gives: ['improvement.incomplete'],
    check: ({ values }) =>
      demand(values, [
        ['verificationPlan', 'plan of verification'],
        ['afterDays', 'number of days compared after'],
      ]),
  },
  'before-is-over': {
    sentence: 'The values before are of days that are over, each of them once.',
    gives: ['improvement.stray-days'],
    check: ({ values, now }) => {
      const stray = strayDays(values.beforeSeries ?? [], { from: '', to: dayAfter(now.slice(0, 10), -1) });
      return stray.length ? [strayRefusal(stray, 'before today', 'beforeSeries')] : [];
    },
  },
  'window-over': {
    sentence: 'The days that were fixed beforehand are over.',
    gives: ['improvement.too-early'],
    check: ({ record, now }) => {
      const window = windowOf(record.fields);
      if (!window) return [];
      return notBefore(
        dayAfter(window.to, 1),
        now,
        `The days from ${window.from} to ${window.to} end; their comparison`,
      );
    },
  },
  'compared-once': {
    sentence: 'It was not compared before, or that decided nothing and is repeated over twice the days.',
    gives: ['improvement.compared'],
    check: ({ record: { fields } }) =>
      fields.verdict && !mayExtend(fields)
        ? [
            refusal(
              'improvement.compared',
              'Before and after were compared already, and that stands.',
              'Decide on what it shows at G9.',
            ),
          ]
        : [],
  },
  'values-in-window': {
    sentence: 'What is measured is read; what nothing measures is given, day by day within the window.',
    gives: ['improvement.values-read', 'improvement.stray-days'],
    check: ({ record: { fields }, values }) => {
      const [baseline, window] = [fields.baselineFrozen, windowOf(fields)];
      if (!baseline || !window) return [];
      const isGiven = values.afterSeries !== fields.afterSeries;
      if (baseline.source !== 'given') return isGiven ? [readByItself] : [];
      const stray = strayDays(values.afterSeries ?? [], window);
      return stray.length ? [strayRefusal(stray, `from ${window.from} to ${window.to}`, 'afterSeries')] : [];
    },
  },
  'findings-answered': findingsAnswered('G7'),
  // Without a customer it is funded on the provider's own side: leaving the customers out must not make it so.
  'decided-by-whom-it-touches': {
    sentence: 'What is about an outcome is decided by the customers whose outcome it is.',
    gives: ['improvement.touches-business'],
    check: ({ record, values }) =>
      unless(
        record.customers.length > 0 || values.outcome === null,
        refusal(
          'improvement.touches-business',
          'It is about an outcome of the business, and shared with none of its customers.',
          'Share it with them: they decide whether it is worth it.',
          'outcome',
        ),
      ),
  },
  'baseline-frozen': {
    sentence: 'The values before are frozen.',
    gives: ['improvement.no-baseline'],
    check: ({ values }) =>
      values.baselineFrozen
        ? []
        : [
            refusal(
              'improvement.no-baseline',
              'There are no values before to compare with.',
              'Give the values before, or name an outcome that is measured, and justify again.',
              'beforeSeries',
            ),
          ],
  },
  'review-date-reached': {
    sentence: 'Its review date has come.',
    gives: ['improvement.too-early'],
    check: ({ values, now }) => notBefore(values.reviewAt, now, 'Its review date'),
  },
  'target-named': {
    sentence: 'It says in which stage the cause lies.',
    gives: ['improvement.no-target'],
    check: ({ values }) =>
      values.targetStage
        ? []
        : [
            refusal(
              'improvement.no-target',
              'It does not say in which stage the cause lies.',
              'Analyse it again and name the stage.',
              'targetStage',
            ),
          ],
  },
  'implemented-since': {
    sentence: 'It was implemented after it was justified, and not in the future.',
    gives: ['improvement.implemented-before', 'improvement.too-early'],
    check: ({ values, now }) => {
      const { implementedOn } = values;
      const justifiedOn = values.baselineFrozen?.frozenAt.slice(0, 10);
      if (implementedOn !== null && justifiedOn !== undefined && implementedOn < justifiedOn)
        return [implementedBefore(justifiedOn)];
      return notBefore(implementedOn, now, 'The day of implementation');
    },
  },
  'washed-out': {
    sentence: 'The days to settle are over.',
    gives: ['improvement.too-early'],
    check: ({ values, now }) => {
      if (values.implementedOn === null) return [];
      const opens = dayAfter(values.implementedOn, values.washoutDays ?? 0);
      return notBefore(opens, now, 'The end of the days to settle');
    },
  },
  'effect-shown': {
    sentence: 'The comparison shows the effect by the test fixed in advance.',
    gives: ['improvement.effect-not-shown'],
    check: ({ values }) => {
      const verdict = values.verdict?.verdict;
      if (verdict === 'effective') return [];
      return [
        refusal(
          'improvement.effect-not-shown',
          verdict ? `The comparison says: ${verdict.replaceAll('_', ' ')}.` : 'Before and after are not compared.',
          'Compare again over twice the days if it decided nothing, or refuse with "not effective".',
          'verdict',
        ),
      ];
    },
  },
});

const implementedBefore = (justifiedOn: string) =>
  timed(
    refusal(
      'improvement.implemented-before',
      `It was justified on ${justifiedOn}, when the days before it were known: what is compared with them comes after.`,
      'Give the day on which it was implemented, or analyse and justify again.',
      'implementedOn',
    ),
    justifiedOn,
  );

const readByItself = refusal(
  'improvement.values-read',
  'Its values after are read from what is measured.',
  'Leave them out.',
  'afterSeries',
);

const strayRefusal = (days: readonly string[], which: string, field: string) =>
  refusal(
    'improvement.stray-days',
    `Of the days ${which} each counts once: ${days.slice(0, 5).join(', ')}${days.length > 5 ? ' and others' : ''} cannot.`,
    'Leave those out.',
    field,
  );

function notBefore(day: string | null, now: string, what: string): Refusal[] {
  if (day === null || day <= now.slice(0, 10)) return [];
  return [timed(refusal('improvement.too-early', `${what} is ${day}.`, 'Wait until then.'), day)];
}
