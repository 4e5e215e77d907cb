import { served } from '../record/define/work.ts';
import type { ServerRecord } from '../record/define/work.ts';
import type { Gate } from '../lifecycle/gate.ts';
import type { RoleDefinition } from '../permission/principal.ts';
import { endLinks } from '../permission/credentials.ts';
import { administratorRoles, keptTogether, leavesWithout } from './administrators.ts';
import { customerCommands, isAnnouncerThere, left } from './customer-commands.ts';
import { customerRules } from './customer-rules.ts';
import { decidingRoles } from './handing-on.ts';
import { keysBeside } from './make-key.ts';
import { decidingAlike, undecided } from './only-decider.ts';
import { customerRecord, delegationRecord, grantRecord, personRecord, teamRecord } from './party.ts';
import { partyRules } from './party-rules.ts';
import { personCommands, personFacts, personRules } from './person-rules.ts';
import { claimant, homeOfDelegate, homeOfHolder, isInUse } from './store.ts';

/** The record types of people and rights, ready for the registry. */
export function partyRecords(
  roles: ReadonlyMap<string, RoleDefinition>,
  gates: ReadonlyMap<string, Gate>,
): ServerRecord[] {
  const rules = partyRules(roles, decidingRoles(roles, gates));
  return [
    served({
      definition: personRecord,
      gives: ['person.organisation'],
      rules: personRules,
      facts: personFacts,
      commands: personCommands,
      beside: [keysBeside],
    }),
    served({ definition: teamRecord, rules: {} }),
    served({
      definition: customerRecord,
      gives: ['customer.candidate'],
      rules: customerRules,
      facts: { isInUse, left, isAnnouncerThere, undecided, claimant },
      commands: customerCommands,
    }),
    served({
      definition: grantRecord,
      rules: rules.grant,
      facts: { home: homeOfHolder, leavesWithout, undecided },
      commands: {
        creating: async (work, right) => seenAtHome(await homeOfHolder(work, right)),
        locks: async (work, { providerId, id }) => [
          ...(await keptTogether(work.client, { providerId, id })),
          ...(await decidingAlike(work, id)),
        ],
        // Links stand on this right: given again, it brings none back.
        moved: async ({ client }, { providerId, fields: { person, role } }, move) => {
          if (move === 'revoke' && administratorRoles.includes(role))
            await endLinks(client, { providerId, id: person });
        },
      },
    }),
    served({
      definition: delegationRecord,
      rules: rules.delegation,
      facts: { delegateCustomer: homeOfDelegate },
      commands: { creating: async (work, lent) => seenAtHome(await homeOfDelegate(work, lent)) },
    }),
  ];
}

/** A right is seen where its holder belongs, whatever the input says. */
const seenAtHome = (home: string | null) => ({ customers: home === null ? [] : [home] });
