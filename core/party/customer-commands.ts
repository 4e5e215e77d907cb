import type { FactSource } from '../record/define/fact.ts';
import type { RecordOf } from '../record/define/data.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Commands, Work } from '../record/define/work.ts';
import { create } from '../record/edit/create.ts';
import { heirsAmong, leftAt } from './administrators.ts';
import { decidingAlike } from './only-decider.ts';
import { customerAdministratorRole, grantRecord } from './party.ts';
import type { customerRecord } from './party.ts';

type Customer = typeof customerRecord;

export async function heirs({ client, registry: { roles }, now }: FactSource, customer: RecordOf<Customer>) {
  const { providerId, id } = customer;
  return heirsAmong(roles, await leftAt(client, { providerId, now, customer: id, roles }));
}

export const customerCommands: Commands<Customer> = {
  // Whoever shared an organisation with another would tell the one of the other.
  creating: () => Promise.resolve({ customers: [] }),
  locks: (work, { id }, move) => (move === 'end' ? decidingAlike(work, id) : Promise.resolve([])),
  moving: (_work, { move }) => Promise.resolve(move === 'confirm' ? { fields: { standing: 'confirmed' } } : {}),
  moved: async (work, customer, move) => {
    if (move === 'take-over') await grantAdministration(work, customer.id);
  },
};

/** The right of who takes over, given by nobody else; of two at once the second finds the organisation kept. */
async function grantAdministration(work: Work, customer: string): Promise<void> {
  const { registry } = work.application;
  const role = customerAdministratorRole;
  const title = registry.roles.get(role)?.label ?? role;
  const given = { title, person: work.caller.principal.id, role, customer, owner: null };
  await create(work, serverRecord(registry, grantRecord), given, { byCommand: true });
}
