import { rulesOf } from '../record/define/rule.ts';
import type { ContextOn } from '../record/define/rule.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { handingOnRefusals } from './handing-on.ts';
import { holdsItself } from './keeps-person.ts';
import { onlyDecider } from './person-rules.ts';
import type { Undecided } from './person-rules.ts';
import { administratorRole, customerAdministratorRole } from './party.ts';
import type { customerRecord } from './party.ts';

export interface CustomerFacts {
  /** Who came last by a link for its administrator. */
  claimant: string | null;
  /** Records besides its people are shared with it. */
  isInUse: boolean;
  /** Who may take over its administration; null while somebody keeps it, or nobody is left. */
  heirs: { role: string; people: string[] } | null;
  /** Decisions that wait for it. */
  undecided: Undecided[];
}

export const customerRules = rulesOf<typeof customerRecord, CustomerFacts>({
  'zone-exists': {
    sentence: 'The time zone is one of the IANA database.',
    gives: ['customer.zone'],
    check: ({ values }) =>
      isZone(values.zone)
        ? []
        : [
            refusal(
              'customer.zone',
              `${values.zone} is no time zone.`,
              'Give an IANA name such as Europe/London.',
              'zone',
            ),
          ],
  },
  'edited-by-its-side': {
    sentence: 'An organisation that was claimed is edited by its own administrator: others know it by its name.',
    gives: ['permission.other-side', 'permission.role'],
    check: editing,
  },
  'ended-by-its-side': {
    sentence: 'An organisation that was claimed is ended by its own administrator.',
    needs: ['isInUse'],
    gives: ['permission.other-side', 'permission.role', 'customer.in-use'],
    check: ending,
  },
  'leaves-nothing-undecided': {
    sentence: 'No decision waits for an organisation that ends.',
    needs: ['undecided'],
    gives: ['person.only-decider'],
    check: ({ facts, record }) => onlyDecider(facts.undecided, record.title),
  },
  'confirmed-by-a-second': {
    sentence: 'A second person of the organisation confirms who claimed it.',
    needs: ['claimant'],
    gives: [
      'customer.unclaimed',
      'customer.confirmed',
      'customer.own-claim',
      'permission.other-side',
      'permission.key-scope',
    ],
    check: confirming,
  },
  'has-nobody-to-keep-it': {
    sentence: 'Where no administrator is left, the first of the business who is takes over.',
    needs: ['heirs'],
    gives: ['customer.administered', 'permission.role'],
    check: takingOver,
  },
  'taken-over-within-the-key': {
    sentence: 'A key that may not decide takes no organisation over.',
    gives: ['permission.key-scope'],
    check: ({ actor }) => handingOnRefusals(actor),
  },
});

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // Intl throws a RangeError for what is no zone: that is the answer
  }
}

function editing({ record, actor }: ContextOn<typeof customerRecord, object>): Refusal[] {
  if (!record.fields.claimedAt)
    return holdsItself(actor.grants, administratorRole, null)
      ? []
      : [
          refusal(
            'permission.role',
            'An organisation that nobody claimed is edited by the platform administrator.',
            'Ask the administrator.',
          ),
        ];
  return holdsItself(actor.grants, customerAdministratorRole, record.id)
    ? []
    : [
        refusal(
          'permission.other-side',
          `${record.title} is claimed, and is edited by its own administrator.`,
          'Ask the administrator of that organisation.',
        ),
      ];
}

/** An organisation that was claimed is ended by itself; one that nobody claimed by who noted it, while nothing is shared with it. */
function ending({ record, facts, actor }: ContextOn<typeof customerRecord, CustomerFacts>): Refusal[] {
  if (record.fields.claimedAt)
    return holdsItself(actor.grants, customerAdministratorRole, record.id)
      ? []
      : [
          refusal(
            'permission.other-side',
            `${record.title} is claimed, and is ended by its own administrator.`,
            'Ask the administrator of that organisation.',
          ),
        ];
  if (!holdsItself(actor.grants, administratorRole, null))
    return [
      refusal(
        'permission.role',
        'An organisation that nobody claimed is ended by the platform administrator.',
        'Ask the administrator.',
      ),
    ];
  return facts.isInUse
    ? [
        refusal(
          'customer.in-use',
          `Records are shared with ${record.title}.`,
          'Have it claimed: its own administrator ends it.',
        ),
      ]
    : [];
}

function takingOver({ record, facts: { heirs }, actor }: ContextOn<typeof customerRecord, CustomerFacts>): Refusal[] {
  if (!heirs)
    return [
      refusal(
        'customer.administered',
        `${record.title} has an administrator, or nobody who could take over.`,
        'Ask its administrator; where nobody is left, the platform administrator makes a one-time link.',
      ),
    ];
  if (heirs.people.includes(actor.id) && holdsItself(actor.grants, heirs.role, record.id)) return [];
  return [
    refusal(
      'permission.role',
      `Somebody who holds the role ${heirs.role} of ${record.title} may take over its administration.`,
      'Ask one of them.',
    ),
  ];
}

/** Somebody besides who claimed it, who is at home there in a right of their own. */
function confirming({ record, facts, actor }: ContextOn<typeof customerRecord, CustomerFacts>): Refusal[] {
  const { title, fields } = record;
  if (fields.standing === null)
    return [
      refusal('customer.unclaimed', `Nobody has claimed ${title} yet.`, "Send the customer's administrator the link."),
    ];
  if (fields.standing === 'confirmed')
    return [refusal('customer.confirmed', `${title} is confirmed already.`, 'Nothing is left to do.')];
  if (!actor.grants.some(({ customer, onBehalfOf }) => customer === record.id && onBehalfOf === null))
    return [
      refusal(
        'permission.other-side',
        `${title} is confirmed by its own people, in a right of their own.`,
        'Ask somebody who works there.',
      ),
    ];
  if (actor.id === facts.claimant)
    return [
      refusal(
        'customer.own-claim',
        `You claimed ${title}: nobody confirms themselves.`,
        'Let a colleague in, and have them confirm it.',
      ),
    ];
  return handingOnRefusals(actor);
}
