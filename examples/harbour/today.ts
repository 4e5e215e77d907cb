// The example's last day: what the desk has on its hands as one comes to look around.
import { later } from './improvement.ts';
import type { Scene } from './cast.ts';
import { knownProblem } from './problem.ts';
import type { Agreed } from './strategy.ts';

/** Three cases at different points of their way, with clocks that ran, rested overnight and waited. Returns how many. */
export async function openCases({ cast, customerId, at }: Scene, agreed: Agreed, friday: string): Promise<number> {
  const { administrator, desk, operations, owner } = cast;
  const hour = (hours: number) => later(friday, hours / 24);
  const team: string = (await administrator.create('teams', { title: 'Tills and terminals' })).id;
  const log = async (title: string, description: string, impact: string, urgency: string): Promise<string> => {
    const customers = [customerId];
    const { id } = await desk.create('incidents', {
      title,
      description,
      service: agreed.service,
      source: 'user',
      caller: owner.id,
      customers,
    });
    await desk.move('incidents', id, 'assign', { service: agreed.service, impact, urgency, team });
    return id;
  };
  const say = (id: string, audience: string, text: string) => desk.post(`/incidents/${id}/notes`, { audience, text });
  const start = (id: string, assignee: string) => desk.move('incidents', id, 'start-work', { assignee });

  await at(friday);
  const stock = await log(
    'Stock figures lag behind the tills',
    'What the tills sold shows in the stock only an hour later.',
    '3',
    'medium',
  );
  await at(hour(0.7));
  await start(stock, operations.id);
  await say(stock, 'public', 'We see the delay as well. Sales are kept; only their display is late.');
  await at(hour(64.5));
  const cards = await log(
    'Card terminals in the harbour shop decline every payment',
    'Since opening. Cash works. All three terminals.',
    '2',
    'high',
  );
  await at(hour(64.7));
  await start(cards, desk.id);
  await say(cards, 'public', 'We are on it. Please keep to cash until we write again.');
  await say(cards, 'internal', 'Same picture as in March: the certificate of the payment gateway ran out.');
  await at(hour(65));
  await knownProblem({ cast }, agreed, cards);
  await at(hour(65.2));
  const badge = await log(
    'New colleague cannot sign in',
    'First day; the account was ordered last week.',
    '4',
    'medium',
  );
  await start(badge, desk.id);
  await at(hour(65.4));
  await desk.move('incidents', badge, 'pause', {
    pendingReason: 'customer',
    reason: 'Which of the two accounts ordered is the right one?',
  });
  await say(badge, 'public', 'Two accounts were ordered for this name. Which one shall we keep?');
  await at(hour(67));
  return 3;
}
