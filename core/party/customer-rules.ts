import { rulesOf } from '../record/define/rule.ts';
import type { ContextOn } from '../record/define/rule.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { Left } from './administrators.ts';
import { handingOnRefusals } from './handing-on.ts';
import { holdsItself } from './keeps-person.ts';
import { onlyDecider } from './person-rules.ts';
import type { Undecided } from './person-rules.ts';
import { administratorRole, customerAdministratorRole } from './party.ts';
import type { customerRecord } from './party.ts';
import { announcing, announcingWith, confirmingSuccessor, proposing, stopping } from './succession-rules.ts';

export interface CustomerFacts {
  /** Who came last by a link for its administrator. */
  claimant: string | null;
  /** Records besides its people are shared with it. */
  isInUse: boolean;
  /** Who is left of it, and whether somebody keeps it. */
  left: Left;
  /** Who announced somebody administers the provider still. */
  isAnnouncerThere: boolean;
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
  'named-by-its-own': {
    sentence: 'Where no administrator is left, one of its own people who holds a right proposes another.',
    needs: ['left'],
    gives: ['customer.administered', 'customer.own-people'],
    check: proposing,
  },
  'named-by-a-second': {
    sentence: 'A second of its own people confirms who was proposed.',
    needs: ['left'],
    gives: [
      'customer.administered',
      'customer.own-people',
      'customer.nobody-proposed',
      'customer.own-proposal',
      'customer.proposer-gone',
    ],
    check: confirmingSuccessor,
  },
  'announced-where-few-are-left': {
    sentence:
      'The provider announces an administrator only where nobody keeps the organisation and too few are left to name one.',
    needs: ['left'],
    gives: ['permission.role', 'customer.unclaimed', 'customer.administered', 'customer.can-name'],
    check: announcing,
  },
  'announced-by-two': {
    sentence: 'A second administrator of the provider announces it with the first.',
    needs: ['left', 'isAnnouncerThere'],
    gives: [
      'permission.role',
      'customer.unclaimed',
      'customer.administered',
      'customer.can-name',
      'customer.nobody-announced',
      'customer.own-announcement',
      'customer.announced',
      'customer.announcer-gone',
    ],
    check: announcingWith,
  },
  'stopped-by-any-of-them': {
    sentence: 'Any of its people stops what the provider announced, and so does an administrator of the provider.',
    gives: ['customer.nobody-announced', 'permission.other-side'],
    check: stopping,
  },
  'handed-on-within-the-key': {
    sentence: 'A key that may not decide names nobody who administers.',
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
