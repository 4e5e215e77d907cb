// Who names an administrator of an organisation that has none, and who lets one in where too few are left of it. Pure.
import { dayMs } from '../clock/units.ts';
import type { ContextOn } from '../record/define/rule.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { enough } from './administrators.ts';
import type { CustomerFacts } from './customer-rules.ts';
import { holdsItself } from './keeps-person.ts';
import { administratorRole } from './party.ts';
import type { customerRecord } from './party.ts';
import { noticeDays } from './succession.ts';

/** Whether somebody who was announced may come: not before its notice is over, nor so long after it that nobody thinks of it any more. */
export function mayComeNow(until: string | null, now: string): boolean {
  return until !== null && until <= now && Date.parse(now) < Date.parse(until) + noticeDays * dayMs;
}

export const isToCome = (until: string | null, now: string): boolean => until !== null && until > now;

type Context = ContextOn<typeof customerRecord, CustomerFacts>;

export const proposing = (context: Context): Refusal[] => [...kept(context), ...notOfThem(context)];

export function confirmingSuccessor(context: Context): Refusal[] {
  const { record, facts, actor } = context;
  const { successor, successorBy, successorAgreedBy } = record.fields;
  if (successor === null || successorAgreedBy !== null)
    return [
      refusal(
        'customer.nobody-proposed',
        `Nobody is proposed as administrator of ${record.title}.`,
        'Propose somebody; a second person confirms it.',
      ),
    ];
  const refusals = [...kept(context), ...notOfThem(context)];
  if (refusals.length) return refusals;
  if (actor.id === successorBy)
    return [
      refusal(
        'customer.own-proposal',
        'You proposed this: nobody confirms what they proposed themselves.',
        'Ask a colleague who holds a right there to confirm it.',
      ),
    ];
  if (successorBy === null || !facts.left.people.includes(successorBy))
    return [
      refusal(
        'customer.proposer-gone',
        'Who proposed this holds no right there any more, or cannot sign in.',
        'Propose it anew; somebody else then confirms it.',
      ),
    ];
  return [];
}

export const announcing = (context: Context): Refusal[] => notForsaken(context);

export function announcingWith(context: Context): Refusal[] {
  const { record, facts, actor } = context;
  const { announced, announcedBy, announcedWith } = record.fields;
  if (announced === null || announcedBy === null) return [nobodyAnnounced(record.title)];
  if (announcedWith !== null)
    return [
      refusal(
        'customer.announced',
        'Two have announced this already.',
        'Wait until the day that it names: its people may stop it until then.',
      ),
    ];
  if (actor.id === announcedBy)
    return [
      refusal(
        'customer.own-announcement',
        'You announced this: nobody is their own second.',
        'Ask another administrator of the provider.',
      ),
    ];
  if (!facts.isAnnouncerThere)
    return [
      refusal(
        'customer.announcer-gone',
        'Who announced this administers the provider no more.',
        'Announce it anew; another administrator then joins.',
      ),
    ];
  return notForsaken(context);
}

/** At once, by anybody who holds any right there: who is left needs no reason why it is not theirs. */
export function stopping({ record, actor }: ContextOn<typeof customerRecord, object>): Refusal[] {
  if (record.fields.announced === null) return [nobodyAnnounced(record.title)];
  const isOfThem = actor.grants.some(({ customer }) => customer === record.id);
  return isOfThem || holdsItself(actor.grants, administratorRole, null)
    ? []
    : [
        refusal(
          'permission.other-side',
          `What was announced for ${record.title} is stopped by its own people.`,
          'Ask somebody who works there.',
        ),
      ];
}

const nobodyAnnounced = (title: string) =>
  refusal(
    'customer.nobody-announced',
    `Nobody is announced as administrator of ${title}.`,
    'There is nothing to stop, or to join.',
  );

const kept = ({ record, facts }: Context): Refusal[] =>
  facts.left.isKept
    ? [
        refusal(
          'customer.administered',
          `${record.title} has an administrator who can sign in.`,
          'Its administrator gives the right to a second.',
        ),
      ]
    : [];

/** Of its own people, in a right of the business that is theirs and not lent. */
const notOfThem = ({ record, facts, actor }: Context): Refusal[] =>
  facts.left.people.includes(actor.id) &&
  actor.grants.some(
    ({ customer, side, delegationId }) => customer === record.id && side === 'B' && delegationId === null,
  )
    ? []
    : [
        refusal(
          'customer.own-people',
          `Two people of ${record.title} who hold a right of the business themselves name its administrator.`,
          'Ask two of them: one proposes, the other confirms.',
        ),
      ];

export interface Candidate {
  home: string | null;
  canSignIn: boolean;
}

/** Asked of who is given, once the rest holds: named is somebody who can come, announced somebody who is noted. */
export function candidateRefusals(
  customer: { id: string; title: string },
  one: Candidate | undefined,
  field: 'successor' | 'announced',
): Refusal[] {
  if (one?.home === customer.id && (field === 'announced' || one.canSignIn)) return [];
  return [
    field === 'successor'
      ? refusal(
          'customer.candidate',
          `An administrator of ${customer.title} is one of its own people who is there and can sign in.`,
          'Choose somebody else.',
          field,
        )
      : refusal(
          'customer.candidate',
          `Who is announced for ${customer.title} is noted as one of its people.`,
          'Note them as a person of that organisation first.',
          field,
        ),
  ];
}

function notForsaken(context: Context): Refusal[] {
  const { record, facts, actor } = context;
  if (!holdsItself(actor.grants, administratorRole, null))
    return [
      refusal(
        'permission.role',
        'An administrator is announced by the administrators of the provider, in their own right.',
        'Ask the administrator.',
      ),
    ];
  if (record.fields.claimedAt === null)
    return [
      refusal('customer.unclaimed', `Nobody has claimed ${record.title} yet.`, 'Make the link for its administrator.'),
    ];
  const refusals = kept(context);
  if (refusals.length) return refusals;
  return facts.left.people.length < enough
    ? []
    : [
        refusal(
          'customer.can-name',
          `${record.title} has people who can name an administrator themselves.`,
          'Two of its own people do so: one proposes, the other confirms.',
        ),
      ];
}
