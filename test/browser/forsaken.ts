// An organisation whose administrator can sign in no more, with one person left who holds no right of the business. No door of the
// application leads there: data from before may have it.
import { connect } from '../../core/database/connect.ts';
import type { DatabaseSettings } from '../../core/database/settings.ts';
import { people, signIn, take } from './arrange.ts';
import type { Made } from './arrange.ts';

/** Who is left, the second administrator of the provider, and who is to come. */
export const forsaken = {
  title: 'Tide Works',
  left: { name: 'Una Ferris', email: 'una@example.org' },
  second: { name: 'Adi Brandt', email: 'adi@example.org' },
  announced: 'Nia Calder',
} as const;

export async function arrangeForsaken(
  url: string,
  { ownerConfig }: Pick<DatabaseSettings, 'ownerConfig'>,
): Promise<void> {
  const administrator = await signIn(url, people.administrator.email);
  const letIn = async (by: typeof administrator, path: string, who: { name: string; email: string }) => {
    const { token } = await by.call<{ token: string }>(path, {});
    return take(url, token, who);
  };
  const { record: customer } = await administrator.call<Made>('/customers', {
    title: forsaken.title,
    relationship: 'external',
    zone: 'Europe/London',
  });
  const gone = { name: 'Gus Gone', email: 'gus@example.org' };
  const authority = await letIn(administrator, `/customers/${customer.id}/invitation`, gone);
  const theirs = { customer: customer.id, customers: [customer.id] };
  const { record: left } = await authority.call<Made>('/people', { title: forsaken.left.name, ...theirs });
  await authority.call('/role-grants', { title: 'User', person: left.id, role: 'USR', ...theirs });
  await letIn(authority, `/people/${left.id}/invitation`, forsaken.left);
  await administrator.call('/people', { title: forsaken.announced, customer: customer.id });
  const { record: second } = await administrator.call<Made>('/people', { title: forsaken.second.name });
  await administrator.call('/role-grants', { title: 'Administrator', person: second.id, role: 'ADM' });
  await letIn(administrator, `/people/${second.id}/invitation`, forsaken.second);
  const owner = connect(ownerConfig, { max: 1 });
  await owner
    .query('delete from core.sign_in i using identity."user" u where u.id::text = i.user_id and u.email = $1', [
      gone.email,
    ])
    .finally(() => owner.end());
}
