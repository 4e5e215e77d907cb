// The provider's policies of the example: rules that the gates evaluate, in force before the first requirement.
import type { Scene } from './cast.ts';

const policies = [
  {
    title: 'No promise without funding',
    statement: 'We offer and design only what is funded: the one-off cost stands within the funding asked for.',
    rule: 'cost.oneOff <= cost.funding',
    gates: [{ gate: 'P1' }, { gate: 'G2' }, { gate: 'P2' }],
    effect: 'block',
  },
  {
    title: 'Every outcome has its owner',
    statement: 'An outcome that nobody of the business owns is not one we can be judged by.',
    rule: 'count(outcomes) > 0 and every o in outcomes satisfies o.owned',
    gates: [{ gate: 'P1' }, { gate: 'G2' }],
    effect: 'waivable',
  },
];

/** Writes, reviews, approves and enforces them, each step by the role whose step it is. */
export async function setPolicies({ cast }: Scene): Promise<void> {
  for (const policy of policies) {
    const { id } = await cast.policies.create('policies', policy);
    await cast.policies.move('policies', id, 'review');
    await cast.portfolio.move('policies', id, 'approve');
    await cast.policies.move('policies', id, 'enforce');
  }
}
