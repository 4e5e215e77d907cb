import { dayMs } from '../clock/units.ts';
import { lookup } from '../names/lookup.ts';
import type { FactSource } from '../record/define/fact.ts';
import type { RecordOf } from '../record/define/data.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Also, Commands, Moving, Work } from '../record/define/work.ts';
import { create } from '../record/edit/create.ts';
import { refuse, stop } from '../refusal/refusal.ts';
import { isKeeper, leftAt, leftIn, personThere } from './administrators.ts';
import type { Left } from './administrators.ts';
import { decidingAlike } from './only-decider.ts';
import { customerAdministratorRole, grantRecord } from './party.ts';
import type { customerRecord } from './party.ts';
import { noticeDays } from './succession.ts';
import { candidateRefusals } from './succession-rules.ts';

type Customer = typeof customerRecord;

/** Who is left of it. */
export async function left(
  { client, registry: { roles }, now }: FactSource,
  customer: RecordOf<Customer>,
): Promise<Left> {
  const { providerId, id } = customer;
  return leftIn(await leftAt(client, { providerId, now, customer: id, roles }));
}

/** Whether who announced somebody administers the provider still. */
export async function isAnnouncerThere({ client, now }: FactSource, { providerId, fields }: RecordOf<Customer>) {
  const person = fields.announcedBy;
  return person !== null && (await isKeeper(client, { providerId, now, person }));
}

export const customerCommands: Commands<Customer> = {
  // Whoever shared an organisation with another would tell the one of the other.
  creating: () => Promise.resolve({ customers: [] }),
  locks: (work, { id }, move) => (move === 'end' ? decidingAlike(work, id) : Promise.resolve([])),
  moving: async (work, moving) => {
    await requireCandidate(work, moving);
    return also(work, moving);
  },
  moved: async (work, customer, move) => {
    if (move === 'confirm-administrator' && customer.fields.successor)
      await grantAdministration(work, customer.id, customer.fields.successor);
  },
};

/** By move: the field that holds who it is about. */
const named: Readonly<Partial<Record<string, 'successor' | 'announced'>>> = lookup({
  'propose-administrator': 'successor',
  'confirm-administrator': 'successor',
  'announce-administrator': 'announced',
  'second-announcement': 'announced',
});

/** Who is to administer it is one of its own, on the day that they are named and on the day that it is confirmed. */
async function requireCandidate(work: Work, { after, move }: Moving<Customer>): Promise<void> {
  const field = named[move];
  if (field === undefined) return;
  const of = { providerId: after.providerId, person: after.fields[field] };
  const refusals = candidateRefusals(after, await personThere(work.client, of), field);
  if (refusals.length) stop(refuse('refused', ...refusals));
}

function also(work: Work, { move }: Moving<Customer>): Also<Customer> {
  if (move === 'confirm') return { fields: { standing: 'confirmed' } };
  if (move !== 'second-announcement') return {};
  const until = new Date(Date.parse(work.now) + noticeDays * dayMs).toISOString();
  return { fields: { announcedUntil: until } };
}

/** The right of who was named, given by nobody else; of two at once the second finds the organisation kept. */
async function grantAdministration(work: Work, customer: string, person: string): Promise<void> {
  const { registry } = work.application;
  const role = customerAdministratorRole;
  const title = registry.roles.get(role)?.label ?? role;
  const given = { title, person, role, customer, owner: null };
  await create(work, serverRecord(registry, grantRecord), given, { byCommand: true });
}
