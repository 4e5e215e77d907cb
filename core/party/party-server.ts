import { served } from '../record/define/work.ts';
import type { ServerRecord } from '../record/define/work.ts';
import type { RoleDefinition } from '../permission/principal.ts';
import { customerRecord, customerRules, delegationRecord, grantRecord, personRecord, teamRecord } from './party.ts';
import { partyRules } from './party-rules.ts';
import { keepOrganisation, ownOrganisation, personOfDelegate } from './store.ts';

/** The record types of people and rights, ready for the registry. */
export function partyRecords(roles: ReadonlyMap<string, RoleDefinition>): ServerRecord[] {
  const rules = partyRules(roles);
  return [
    served({
      definition: personRecord,
      gives: ['party.other-customer', 'person.organisation'],
      rules: {},
      commands: { created: ownOrganisation, edited: keepOrganisation, moved: ownOrganisation },
    }),
    served({ definition: teamRecord, rules: {} }),
    served({ definition: customerRecord, rules: customerRules }),
    served({
      definition: grantRecord,
      gives: ['party.other-customer'],
      rules: rules.grant,
      commands: { created: ownOrganisation },
    }),
    served({ definition: delegationRecord, rules: rules.delegation, facts: { delegateCustomer: personOfDelegate } }),
  ];
}
