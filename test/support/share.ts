import type { Client } from './client.ts';

/** Lets customers in on a record or one of them go: asked by an editor, consented to by who decides for those concerned. */
export async function share(
  record: string,
  {
    by,
    customers,
    kind = 'join',
    with: consenting,
  }: { by: Client; customers: readonly string[]; kind?: string; with: readonly Client[] },
): Promise<void> {
  for (const customer of customers) {
    const asked = await by.post(`/records/${record}/shares`, { kind, customer, reason: 'It concerns them.' });
    if (asked.status !== 201) throw new Error(JSON.stringify(asked.body));
    const [open] = (await by.get(`/records/${record}/shares`)).body.items;
    for (const each of open.state === 'asked' ? consenting : [])
      await each.post(`/shares/${open.id}/answer`, { consents: true, reason: 'We agreed.' });
  }
}
