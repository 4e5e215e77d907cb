// A problem of the example's last day: the cause of a case that came before, and the way around it.
import type { Scene } from './cast.ts';
import type { Agreed } from './strategy.ts';

/** What lies behind an incident, under investigation, with a workaround that another tested. */
export async function knownProblem({ cast }: Pick<Scene, 'cast'>, agreed: Agreed, incident: string): Promise<void> {
  const { problems, operations, desk } = cast;
  const { id } = await problems.create('problems', {
    title: 'Certificates of the payment gateway run out unseen',
    description: 'Card payments stopped in March and again today, each time on the day a certificate ran out.',
    service: agreed.service,
  });
  await desk.post('/links', { type: 'causedBy', from: incident, to: id });
  await problems.move('problems', id, 'log', { source: 'recurrence' });
  await problems.move('problems', id, 'prioritise', { frequency: 'sometimes', impact: '2', recurrenceCost: 'high' });
  await problems.move('problems', id, 'investigate', { assignee: operations.id });
  const error = await problems.create('known-errors', {
    title: 'Payment gateway declines with an old certificate',
    problem: id,
    affectedVersions: 'Gateway 5, all terminals',
    symptom: 'Terminals decline every card payment at once, and cash works.',
    detectionRule: 'The log of the gateway says "certificate expired".',
    workaround:
      '1. Import the new certificate from the vault into the gateway.\n2. Restart the gateway.\n3. Pay one pound.',
  });
  await problems.move('known-errors', error.id, 'activate');
  await operations.move('known-errors', error.id, 'verify-workaround', {
    verification: 'On the spare gateway, twice.',
  });
}
