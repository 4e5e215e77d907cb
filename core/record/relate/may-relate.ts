// Whether a person may make or end a link by hand.
import { leadsToEdit } from '../../lifecycle/leads-to-edit.ts';
import type { Grant } from '../../permission/principal.ts';
import { rightsOver } from '../../permission/principal.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import type { RecordData } from '../define/data.ts';
import type { LinkEnd, LinkType } from '../define/link.ts';
import type { Work } from '../define/work.ts';

type End = Pick<RecordData, 'id' | 'type' | 'ref' | 'state' | 'customers'>;

interface Ends {
  start: End;
  end: End;
}

/** Refuses by `stop` where this person may not make or end such a link between the two records, as they stand. */
export function mayRelate(work: Work, type: string, ends: Ends): void {
  if (work.caller.principal.kind !== 'person') return;
  const declared = work.application.registry.links.get(type);
  if (declared?.kept) stop(refuse('forbidden', keptLink(declared)));
  const refusals = declared?.heldBy ? heldRefusals(work, declared.heldBy, ends) : plainRefusals(work, declared, ends);
  if (refusals.length) stop(refuse('forbidden', ...refusals));
}

const keptLink = ({ label }: LinkType): Refusal =>
  refusal(
    'link.kept',
    `"${label}" is not made or ended by hand.`,
    'It comes with what the records do that it joins: create the one of the other, or make the move that it belongs to.',
  );

const editorsOf = ({ application }: Work, { type }: End) =>
  application.registry.records.get(type)?.definition.lifecycle.edit.who ?? [];

// A right held for one customer counts on nothing that another alone shares in.
const rightsOn = ({ caller }: Work, end: End): Grant[] => rightsOver(caller.principal.grants, end.customers);

const mayEdit = (work: Work, end: End): boolean =>
  rightsOn(work, end).some(({ role }) => editorsOf(work, end).includes(role));

const notYours = (work: Work, both: readonly End[], sentence: string): Refusal =>
  refusal(
    'permission.role',
    sentence,
    `Ask someone with one of these roles: ${[...new Set(both.flatMap((end) => editorsOf(work, end)))].join(', ')}.`,
  );

/** A plain relation is free to both sides; any other is for who may edit one of the ends. */
function plainRefusals(work: Work, declared: LinkType | undefined, { start, end }: Ends): Refusal[] {
  const plain = declared?.inThread === 'never' && !declared.many;
  const held = [start, end].some(
    (each) => mayEdit(work, each) || (plain && rightsOn(work, each).some(({ side }) => side === 'B' || side === 'P')),
  );
  return held ? [] : [notYours(work, [start, end], 'You may edit neither of the two records.')];
}

/**
 * A link of the thread is content of the ends that hold it, which gates bind: it is made and ended as those are edited, and
 * not once they are decided upon; and only by who has a right over the other end too.
 */
function heldRefusals(work: Work, heldBy: readonly LinkEnd[], ends: Ends): Refusal[] {
  const holders = heldBy.map((each) => (each === 'from' ? ends.start : ends.end));
  const mine = holders.filter((each) => mayEdit(work, each));
  if (!mine.length || ![ends.start, ends.end].every((each) => rightsOn(work, each).length))
    return [
      notYours(
        work,
        holders,
        `You may not edit ${holders.map(({ ref }) => ref).join(' or ')}, which hold${holders.length > 1 ? '' : 's'} this link.`,
      ),
    ];
  const open = mine.some(({ type, state }) => lifecycleOf(work, type).states[state]?.editable);
  return open ? [] : mine.map((each) => frozenLink(work, each));
}

function lifecycleOf({ application }: Work, type: string) {
  const record = application.registry.records.get(type);
  if (!record) throw new Error(`no record type called ${type}`);
  return record.definition.lifecycle;
}

function frozenLink(work: Work, { type, ref, state }: End): Refusal {
  const lifecycle = lifecycleOf(work, type);
  return refusal(
    'link.held',
    `${ref} is ${(lifecycle.states[state]?.label ?? state).toLowerCase()}: what it is linked to was decided with it, and stands.`,
    leadsToEdit(lifecycle, state)
      ? 'Move it back to a state in which it may be edited; whoever decided is asked again.'
      : 'It stays as it stands. Relate the records by "relates to" where they merely have to do with each other.',
  );
}
