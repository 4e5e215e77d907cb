// Of a record as it stands: the gates that are open in its state, what waits there, and whether it waits for this person.
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import { rightsOver } from '../permission/principal.ts';
import type { Grant, Principal } from '../permission/principal.ts';
import type { RecordData } from '../record/define/data.ts';
import { gateFor, isOfCustomers } from '../lifecycle/gate.ts';
import type { Gate } from '../lifecycle/gate.ts';
import { gatePassed, passedBy } from './standing.ts';
import type { StandingDecision } from './standing.ts';
import type { Together } from './together.ts';

export interface OpenGate {
  gate: string;
  /** No standing decision answers it yet, and where one has to ask for it, somebody did. */
  waits: boolean;
  /** This person holds a right to decide there, and has not yet. */
  mine: boolean;
}

interface Post {
  gate: string;
  askedBy: string | null;
  /** The states in which the gate is open. */
  within: readonly string[];
}

/** The gates whose decision may be recorded while a record is in a state. */
export function postsIn({ moves, stands }: Lifecycle, state: string): Post[] {
  const moving = Object.values(moves).flatMap(({ gate, on, from, askedBy = null }) =>
    gate && on === 'approve' && from.includes(state) ? [{ gate, askedBy, within: from }] : [],
  );
  const standing = Object.entries(stands ?? {}).flatMap(([gate, each]) =>
    each.in.includes(state) ? [{ gate, askedBy: each.askedBy ?? null, within: each.in }] : [],
  );
  return [...moving, ...standing];
}

export interface OpenGatesQuestion {
  lifecycle: Lifecycle;
  gates: ReadonlyMap<string, Gate>;
  record: Pick<RecordData, 'state' | 'customers'>;
  principal: Principal;
  decisions: readonly StandingDecision[];
  /** Of the moves that ask for a decision: those that were made, and by which it still is asked for. */
  asked: readonly string[];
  together: Together;
}

export function openGates(question: OpenGatesQuestion): OpenGate[] {
  const { lifecycle, gates, record, principal, decisions, asked, together } = question;
  return postsIn(lifecycle, record.state).map(({ gate: code, askedBy }) => {
    const declared = gates.get(code);
    if (!declared) throw new Error(`no gate ${code}`);
    const gate = gateFor(declared, record.customers);
    const each = isOfCustomers(gate);
    const waits =
      !passedBy(gate, decisions, record.customers, together) && (askedBy === null || asked.includes(askedBy));
    const rights = mayDecide(principal)
      ? rightsOver(principal.grants, record.customers).filter((grant) => decidesAt(gate, grant))
      : [];
    const open = rights.filter(
      ({ customer }) =>
        !each || !customer || (!together.optedOut.includes(customer) && !gatePassed(decisions, code, [customer])),
    );
    return { gate: code, waits, mine: open.length > 0 };
  });
}

const mayDecide = ({ kind, keyScopes }: Principal) =>
  kind === 'person' && (keyScopes === null || keyScopes.includes('decide'));

const decidesAt = ({ roles, side }: Gate, grant: Grant) => roles.includes(grant.role) && grant.side === side;
