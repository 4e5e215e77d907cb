import { rulesOf } from '../../core/record/define/rule.ts';
import type { Rule } from '../../core/record/define/rule.ts';
import type { FieldsOf } from '../../core/record/define/define.ts';
import { refusal } from '../../core/refusal/refusal.ts';
import type { componentRecord } from './record.ts';

/** What a component must fulfil (model B.6). */
export const componentRules = rulesOf<typeof componentRecord>({
  'two-options': {
    sentence: 'At least two options are compared.',
    gives: ['component.options'],
    check: ({ values }) =>
      (values.options ?? []).length >= 2
        ? []
        : [
            refusal(
              'component.options',
              'Fewer than two options are compared.',
              'Compare at least two, doing without or using one again included.',
              'options',
            ),
          ],
  },
  'is-made': sourcedAs('made', 'It is to be made.'),
  'is-bought': sourcedAs('bought', 'It is to be bought.'),
  'is-used-again': sourcedAs('reuse', 'It is to be used again.'),
  'built-artefact': {
    sentence: 'What was built has a hash.',
    gives: ['component.no-hash'],
    check: ({ values }) =>
      values.sourcing !== 'made' || values.artefactHash
        ? []
        : [
            refusal(
              'component.no-hash',
              'What was built has no hash.',
              'Give the hash of the artefact.',
              'artefactHash',
            ),
          ],
  },
  'bought-lawfully': {
    sentence: 'What was bought has a licence and an active contract.',
    gives: ['component.no-licence', 'component.contract-inactive'],
    check: ({ values }) => {
      if (values.sourcing !== 'bought') return [];
      return [
        ...(values.licence
          ? []
          : [refusal('component.no-licence', 'It has no licence.', 'Name the licence that came with it.', 'licence')]),
        ...(values.contractState === 'active'
          ? []
          : [
              refusal(
                'component.contract-inactive',
                'Its contract is not active.',
                'Have the contract signed before you receive what it covers.',
                'contractState',
              ),
            ]),
      ];
    },
  },
  'has-hash': {
    sentence: 'The definitive version has a hash.',
    gives: ['component.no-hash'],
    check: ({ values }) =>
      values.artefactHash
        ? []
        : [
            refusal(
              'component.no-hash',
              'The definitive version has no hash.',
              'Receive it again with the hash of the artefact.',
              'artefactHash',
            ),
          ],
  },
});

type Sourced = Pick<FieldsOf<typeof componentRecord>, 'sourcing'>;

function sourcedAs(sourcing: NonNullable<Sourced['sourcing']>, sentence: string): Rule<Sourced, object> {
  return {
    sentence,
    gives: ['component.sourcing'],
    check: ({ values }) =>
      values.sourcing === sourcing
        ? []
        : [
            refusal(
              'component.sourcing',
              values.sourcing !== null
                ? `The sourcing decision says "${values.sourcing}".`
                : 'There is no sourcing decision.',
              'Follow the sourcing decision, or decide anew.',
              'sourcing',
            ),
          ],
  };
}
