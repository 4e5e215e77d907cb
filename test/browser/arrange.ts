// What stands in the installation before the browser opens: an administrator, a claimed customer, its business owner, some requirements.
export const people = {
  administrator: { name: 'Ada Lindqvist', email: 'ada@example.org' },
  authority: { name: 'Cleo Marlowe', email: 'cleo@example.org' },
  owner: { name: 'Ben Okafor', email: 'ben@example.org' },
} as const;
export const password = 'a long enough pass phrase';

interface Caller {
  call: <T>(path: string, body: unknown) => Promise<T>;
}

async function refusedWith(response: Response, what: string): Promise<never> {
  throw new Error(`${what}: ${response.status} ${await response.text()}`);
}

function caller(url: string, cookie: string): Caller {
  return {
    call: async (path, body) => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-servicewright-client': 'ui', origin: url, cookie },
        body: JSON.stringify(body),
      });
      return response.ok ? response.json() : refusedWith(response, path);
    },
  };
}

export async function signIn(url: string, email: string): Promise<Caller> {
  const response = await fetch(`${url}/api/v1/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) return refusedWith(response, `sign in ${email}`);
  return caller(
    url,
    response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; '),
  );
}

export async function take(url: string, token: string, who: { name: string; email: string }): Promise<Caller> {
  await caller(url, '').call('/welcome', { token, ...who, password });
  return signIn(url, who.email);
}

export interface Made {
  record: { id: string; ref: string };
}

/** Arranges through the API alone, with the one-time link that the server printed. */
export async function arrange(url: string, firstLink: string): Promise<void> {
  const administrator = await take(url, firstLink.split('#')[1] ?? '', people.administrator);
  const { record: customer } = await administrator.call<Made>('/customers', {
    title: 'Marlowe Stores',
    relationship: 'external',
    zone: 'Europe/London',
  });
  const invitation = await administrator.call<{ token: string }>(`/customers/${customer.id}/invitation`, {});
  const authority = await take(url, invitation.token, people.authority);
  const ours = { customer: customer.id, customers: [customer.id] };
  const { record: person } = await authority.call<Made>('/people', { title: people.owner.name, ...ours });
  await authority.call('/role-grants', { title: 'Business owner', person: person.id, role: 'BOW', ...ours });
  const link = await authority.call<{ token: string }>(`/people/${person.id}/invitation`, {});
  const owner = await take(url, link.token, people.owner);
  for (const title of [
    'Two-hour click-and-collect slots in every store',
    'Card terminals keep working when the line is down',
    'Customers see the stock of the next three stores',
  ])
    await owner.call('/business-requirements', {
      title,
      statement: `${title}: what shoppers told us they want.`,
      trigger: 'market',
      owner: person.id,
      customers: [customer.id],
    });
}
