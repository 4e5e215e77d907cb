import { facetOf } from '../permission/facet.ts';
import type { Rule } from '../record/define/rule.ts';
import { refusal } from '../refusal/refusal.ts';
import type { StandingDecision } from './standing.ts';

/**
 * Every "must" finding of the last refusal at a gate is answered by reference before the gate is passed (model GR6).
 * The record keeps its answers in a field `answers` of {itemRef, answer}.
 */
export function findingsAnswered(
  gate: string,
): Rule<{ answers: readonly { itemRef: string }[] | null }, { decisions: readonly StandingDecision[] }> {
  return {
    sentence: 'Every "must" finding of the last refusal is answered.',
    needs: ['decisions'],
    gives: ['decision.finding-open'],
    check: ({ facts, values, actor }) => {
      const refused = facts.decisions.findLast((each) => each.gate === gate && each.outcome === 'reject');
      const answered = new Set((values.answers ?? []).map((answer) => answer.itemRef));
      // What another customer found is its own to read (model R11).
      const isRead = refused && facetOf(actor, [refused]).length > 0;
      return (refused?.findings ?? [])
        .filter((finding) => finding.severity === 'must' && !answered.has(finding.itemRef))
        .map((finding) =>
          refusal(
            'decision.finding-open',
            isRead
              ? `The finding on ${finding.itemRef} is not answered: ${finding.text}`
              : 'A finding that another organisation made is not answered.',
            'Answer it by its reference in "Answers to findings".',
            'answers',
          ),
        );
    },
  };
}
