// Nineteen kinds of people, each with what it sees of the four audiences.
import { roles } from '../../../handover/roles.ts';
import type { TestApplication } from '../application.ts';
import type { Client } from '../client.ts';
import type { Audience } from '../planted.ts';

export type Sees = readonly Audience[];
const all: Sees = ['own', 'shared', 'foreign', 'internal'];
const nearby: Sees = ['own', 'shared'];
const farther: Sees = ['foreign', 'shared'];

export interface Reader {
  name: string;
  client: Client;
  sees: Sees;
  /** Words and ids of the other customer's facet of what both share. */
  facet: 'near' | 'far' | 'both';
  roles: readonly string[];
}

export interface People {
  one: string;
  other: string;
  /** An organisation that none of the readers belongs to. */
  third: string;
  near: Client;
  far: Client;
  desk: Client;
  keeper: Client;
}

const rolesOf = (side: string): string[] =>
  [...roles.values()].flatMap((role) => (role.side === side ? [role.code] : []));

const facetOf = (sees: Sees): Reader['facet'] => (sees === all ? 'both' : sees === farther ? 'far' : 'near');

/** Makes the people and their keys; whoever is suspended is so afterwards. */
export async function gathered(app: TestApplication): Promise<{ people: People; readers: Reader[] }> {
  const [one, other] = [await app.customer('Marlowe Grocers'), await app.customer('Tidewater Quay')];
  const third = await app.customer('Kestrel');
  const [of, ofOther] = [{ customer: one }, { customer: other }];
  const readers: Reader[] = [{ name: 'anonymous', client: app.stranger, sees: [], facet: 'near', roles: [] }];
  type Options = Parameters<TestApplication['person']>[2];
  const reader = async (name: string, held: readonly string[], sees: Sees, options?: Options): Promise<Client> => {
    const client = await app.person(`${name} `.trim(), held, options);
    readers.push({ name, client, sees, facet: facetOf(sees), roles: held });
    return client;
  };
  await reader('USR of A', ['USR'], nearby, of);
  await reader('BEX of A', ['BEX'], nearby, of);
  const near = await reader('BOW of A', ['BOW'], nearby, of);
  await reader('CAD of A', ['CAD'], nearby, of);
  await reader('expired of A', ['BEX'], [], { ...of, validTo: '2026-03-01T00:00:00.000Z' });
  const suspended = await reader('suspended of A', ['BOW'], [], of);
  await reader('read key of A', ['BEX'], nearby, { ...of, scopes: ['read'] });
  await reader('write key of A', ['BOW'], nearby, { ...of, scopes: ['read', 'write'] });
  const far = await reader('BEX of B', ['BEX'], farther, ofOther);
  await reader('USR of B', ['USR'], farther, ofOther);
  await reader('provider without a role', [], []);
  const desk = await reader('SDK', ['SDK'], all);
  const keeper = await reader('SOW', ['SOW'], all);
  await reader('ADM', ['ADM'], all);
  await reader('AUD', ['AUD'], all);
  await reader('supplier', ['SUPX'], []);
  // Whoever may: of a write that nobody could make nothing is learnt.
  await reader('every role of A', rolesOf('B'), nearby, of);
  await reader('every role of P', rolesOf('P'), all);
  await app.database.ownerPool.query(`update core.person set state = 'suspended' where id = $1`, [suspended.id]);
  return { people: { one, other, third, near, far, desk, keeper }, readers };
}
