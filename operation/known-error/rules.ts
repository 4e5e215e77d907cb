import { rulesOf } from '../../core/record/define/rule.ts';
import type { StateName } from '../../core/record/define/define.ts';
import { refusal, unless } from '../../core/refusal/refusal.ts';
import type { problemRecord } from '../problem/index.ts';
import type { knownErrorRecord } from './record.ts';

/** Failed uses of a tested workaround that take it back (model B.19). */
export const mostFailures = 2;

/** States of a change from its authorisation on, but for those in which it failed. */
export const authorised = [
  'authorised_deploy',
  'scheduled',
  'implementing',
  'implemented',
  'in_review',
  'closed_successful',
  'closed_successful_with_issues',
] as const;

const described = [
  ['service', 'Which service is affected'],
  ['symptom', 'The symptom'],
  ['affectedVersions', 'Which versions are affected'],
  ['detectionRule', 'How to tell that it is this one'],
] as const;

/** What the rules of a known error need to know. */
export interface KnownErrorFacts {
  /** Null without a problem. */
  problemState: StateName<typeof problemRecord> | null;
  isFixAuthorised: boolean;
}

/** What a known error must fulfil (model B.19). Without a problem nothing else knows of its fix: it is named. */
export const knownErrorRules = rulesOf<typeof knownErrorRecord, KnownErrorFacts>({
  'origin-named': {
    sentence: 'It belongs to a problem, or names the defect.',
    gives: ['known-error.no-origin'],
    check: ({ values }) =>
      unless(
        Boolean(values.problem) || Boolean(values.defect),
        refusal(
          'known-error.no-origin',
          'It belongs to no problem and names no defect.',
          'Choose the problem, or name the defect of the release.',
          'problem',
        ),
      ),
  },
  described: {
    sentence: 'It names its service, the versions affected, the symptom and how to tell it.',
    gives: ['known-error.not-described'],
    check: ({ values }) =>
      described
        .filter(([name]) => !values[name])
        .map(([name, what]) => refusal('known-error.not-described', `${what} is not said.`, 'Fill it in.', name)),
  },
  'workaround-written': {
    sentence: 'Its workaround is written down.',
    gives: ['known-error.no-workaround'],
    check: ({ values }) =>
      unless(
        Boolean(values.workaround),
        refusal(
          'known-error.no-workaround',
          'No workaround is written down.',
          'Write it down step by step.',
          'workaround',
        ),
      ),
  },
  // Of a workaround that was rewritten since: who wrote the known error is barred by separation of duties.
  'tested-by-another': {
    sentence: 'The workaround is tested by another than who wrote it.',
    gives: ['known-error.own-workaround'],
    check: ({ record, values, actor }) =>
      unless(
        record.profile === 'light' || values.workaroundBy !== actor.id,
        refusal(
          'known-error.own-workaround',
          'You wrote this workaround.',
          'Ask someone else to test it (separation of duties SD2).',
        ),
      ),
  },
  'fix-authorised': {
    sentence: 'A change that resolves its problem is authorised, or the version with the fix is named.',
    needs: ['isFixAuthorised'],
    gives: ['known-error.fix-not-authorised'],
    check: ({ values, facts }) =>
      unless(
        facts.isFixAuthorised || (!values.problem && Boolean(values.fixedVersion)),
        refusal(
          'known-error.fix-not-authorised',
          'No change that resolves it is authorised.',
          'Wait for the authorisation; without a problem, name the version with the fix.',
          'fixedVersion',
        ),
      ),
  },
  fixed: {
    sentence: 'Its problem is resolved, or the version with the fix is named.',
    needs: ['problemState'],
    gives: ['known-error.not-fixed'],
    check: ({ values, facts }) =>
      unless(
        facts.problemState === 'resolved' ||
          facts.problemState === 'closed' ||
          (!values.problem && Boolean(values.fixedVersion)),
        refusal(
          'known-error.not-fixed',
          'Its problem is not resolved.',
          'Resolve the problem; without one, name the version with the fix, live wherever it was seen.',
          'fixedVersion',
        ),
      ),
  },
  'watch-over': {
    sentence: 'Its problem did not come again while it was watched.',
    needs: ['problemState'],
    gives: ['known-error.watched'],
    check: ({ values, facts }) =>
      unless(
        !values.problem || facts.problemState === 'closed',
        refusal(
          'known-error.watched',
          'Its problem is still watched.',
          'Wait: it is archived by itself when its problem closes.',
        ),
      ),
  },
});
