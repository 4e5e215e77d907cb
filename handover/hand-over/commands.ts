import { create } from '../../core/record/edit/create.ts';
import type { RecordData, RecordOf } from '../../core/record/define/data.ts';
import type { Fields, ValuesOf } from '../../core/record/define/fields.ts';
import { link } from '../../core/record/relate/relate.ts';
import { served, serverRecord } from '../../core/record/define/work.ts';
import type { ServerRecord, Work } from '../../core/record/define/work.ts';
import type { RuleOn } from '../../core/record/define/rule.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import type { HandOverKind, HandOverRecord } from './record.ts';
import { handOverRules } from './rules.ts';
import type { HandOverFacts } from './rules.ts';
import { handOverFacts, manifestOf, newestEdition } from './store.ts';
import type { Passed } from './store.ts';

/** What a kind adds on the server: checks for its own rules, and what its acceptance brings about. */
export interface HandOverServer<F extends Fields> extends Pick<ServerRecord, 'gives' | 'brings'> {
  rules?: Readonly<Record<string, RuleOn<HandOverRecord<F>, object>>>;
  accepted?(this: void, work: Work, handOver: RecordOf<HandOverRecord<F>>): Promise<void>;
}

/** The record type of a kind of hand-over with all that the server needs of it. */
export function handOver<F extends Fields>(
  kind: HandOverKind<F>,
  { rules, accepted, ...told }: HandOverServer<F> = {},
): ServerRecord {
  return served<HandOverRecord<F>, HandOverFacts>({
    definition: kind.definition,
    rules: { ...handOverRules(kind), ...rules },
    facts: handOverFacts,
    ...told,
    commands: {
      moved: async (work, after, move) => {
        if (move === 'accept') await accepted?.(work, after);
      },
    },
  });
}

export interface Offer<F extends Fields> {
  subject: RecordData;
  /** The record handed over among them, if it is to be in the manifest. */
  passed: readonly Passed[];
  note?: string;
  /** Values of the kind's further fields. */
  fields?: Partial<ValuesOf<F>>;
  /** Who of the customers may see it; by default those of the subject. */
  customers?: string[];
}

/** Offers the next edition: in the transaction of the move that offers it, frozen as everything stands now. Refuses by `stop`. */
export async function offer<F extends Fields>(
  work: Work,
  kind: HandOverKind<F>,
  { subject, passed, note, fields = {}, customers }: Offer<F>,
): Promise<RecordData> {
  const last = await newestEdition(work.client, kind, subject, fields);
  if (last?.state === 'offered') {
    stop(
      refuse(
        'refused',
        refusal(
          'hand-over.offered',
          `Edition ${last.edition} of ${subject.ref} still waits for its answer.`,
          'Withdraw it first.',
        ),
      ),
    );
  }
  const edition = (last?.edition ?? 0) + 1;
  const contents = await manifestOf(work.client, subject.providerId, passed);
  const made = await create(
    work,
    serverRecord(work.application.registry, kind.type),
    {
      title: `${subject.ref}, edition ${edition}: ${subject.title}`.slice(0, 300),
      ...(customers ? { customers } : {}),
    },
    {
      byCommand: true,
      parent: subject,
      derived: { ...fields, subject: subject.id, edition, contents, note: note ?? null },
    },
  );
  await link(work, { type: 'handsOver', from: made.id, to: subject.id });
  return made;
}
