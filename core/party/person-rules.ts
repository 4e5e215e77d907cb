import { endCredentials } from '../permission/credentials.ts';
import type { Grant } from '../permission/principal.ts';
import { rulesOf } from '../record/define/rule.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { RecordOf } from '../record/define/data.ts';
import type { Commands } from '../record/define/work.ts';
import { keptTogether, leavesWithout } from './administrators.ts';
import { decidingAlike, undecided } from './only-decider.ts';
import { keeps, otherSide } from './keeps-person.ts';
import type { Standing } from './keeps-person.ts';
import type { personRecord } from './party.ts';
import { standingOfRecord } from './store.ts';

type Person = typeof personRecord;

/** A decision that waits, and that nobody would hold a role for. */
export interface Undecided {
  ref: string;
  gate: string;
}

/** What the rules of a person need to know. */
export interface PersonFacts {
  standing: Standing;
  /** Roles of administrators that nobody would hold for good without this person. */
  leavesWithout: string[];
  /** Decisions that wait, and that nobody else holds a role for. */
  undecided: Undecided[];
}

/** Why a person, or its right, may not go: nobody would keep its side any more. */
export const lastAdministrator = (of: string): Refusal =>
  refusal(
    'person.last-administrator',
    `${of} is the last administrator of its side who can sign in.`,
    'Grant that role, without an end, to somebody else who can sign in first.',
  );

/** Why a right does not go. */
export const onlyDecider = (waiting: readonly Undecided[], of: string): Refusal[] =>
  waiting.map(({ ref, gate }) =>
    refusal(
      'person.only-decider',
      `${gate} of ${ref} waits, and nobody but ${of} holds a role that decides it.`,
      'Have it decided or withdrawn, or grant such a role to somebody else first. An account in strange hands is suspended at once.',
    ),
  );

/** What happens by itself has been judged where it began: by a one-time link, say. */
function sideRefusals(
  actor: { kind?: 'person' | 'system'; grants: readonly Grant[] },
  standing: Standing,
  act: 'note' | 'keep',
): Refusal[] {
  return actor.kind === 'system' || keeps(actor.grants, standing, act)
    ? []
    : [otherSide(act === 'note' ? 'noted and edited' : 'kept')];
}

/** A customer's people are kept by that customer alone; nobody goes who is the last to keep a side. */
export const personRules = rulesOf<Person, PersonFacts>({
  'noted-by-its-side': {
    sentence: "People are noted by their own side's administrator; a customer's contacts by the provider's too.",
    needs: ['standing'],
    gives: ['permission.other-side'],
    check: ({ facts, actor }) => sideRefusals(actor, facts.standing, 'note'),
  },
  'kept-by-its-side': {
    sentence: 'People are kept by the administrator of their own side.',
    needs: ['standing'],
    gives: ['permission.other-side'],
    check: ({ facts, actor }) => sideRefusals(actor, facts.standing, 'keep'),
  },
  'leaves-an-administrator': {
    sentence: 'Every side keeps an administrator who can sign in.',
    needs: ['leavesWithout'],
    gives: ['person.last-administrator'],
    check: ({ facts, record }) => (facts.leavesWithout.length ? [lastAdministrator(record.title)] : []),
  },
  'leaves-a-decider': {
    sentence: 'Nobody goes who alone holds a role for a decision that waits.',
    needs: ['undecided'],
    gives: ['person.only-decider'],
    check: ({ facts, record }) => onlyDecider(facts.undecided, record.title),
  },
});

export const personFacts = { standing: standingOfRecord, leavesWithout, undecided };

/** Who sees a person is its own organisation, whatever the input says. */
const seenBy = (customer: string | null) => ({ customers: customer === null ? [] : [customer] });

export const personCommands: Commands<Person> = {
  creating: async (_work, { fields }) => Promise.resolve(seenBy(fields.customer)),
  locks: async (work, { providerId, id }, move) =>
    move === 'reinstate'
      ? []
      : [...(await keptTogether(work.client, { providerId, id })), ...(await decidingAlike(work, id))],
  moved: async (work, { providerId, id }, move) => {
    const now = new Date(work.application.clock()).toISOString(); // keys and sessions live by the machine's clock
    if (move !== 'reinstate') await endCredentials(work.client, { providerId, id, now });
  },
  editing: (_work, { before, after }) => Promise.resolve(keepHome(before, after)),
};

/**
 * A person stays of the organisation it was made for. Moved elsewhere it would see the new organisation's records, or could
 * be invited, and so signed in as, by the administrator of the other side, with its rights still in force.
 */
function keepHome(before: RecordOf<Person>, after: RecordOf<Person>): object {
  const { customers } = seenBy(before.fields.customer);
  const isSeenAlike =
    after.customers.length === customers.length && customers.every((id) => after.customers.includes(id));
  if (after.fields.customer === before.fields.customer && isSeenAlike) return {};
  return stop(
    refuse(
      'refused',
      refusal(
        'person.organisation',
        `${before.ref} stays of the organisation it was made for.`,
        'Mark this person as left, and make a new one in the other organisation.',
        'customer',
      ),
    ),
  );
}
