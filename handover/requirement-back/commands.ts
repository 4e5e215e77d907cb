import { create } from '../../core/record/edit/create.ts';
import type { RecordData, RecordOf } from '../../core/record/define/data.ts';
import { lockUnscoped } from '../../core/record/read/load.ts';
import { moveBecause } from '../../core/record/edit/move.ts';
import { link } from '../../core/record/relate/relate.ts';
import { serverRecord } from '../../core/record/define/work.ts';
import type { Work } from '../../core/record/define/work.ts';
import { refusal, refuse, stop } from '../../core/refusal/refusal.ts';
import { offer } from '../hand-over/commands.ts';
import { requirementBack } from './record.ts';
import type { receivers } from './record.ts';
import { baselinedDesign, feedsAny } from './store.ts';

/** What an improvement says of what it asks for. */
type Asking = RecordData<{
  targetStage: keyof typeof receivers | null;
  service: string | null;
  outcome: string | null;
  description: string;
  benefit: string | null;
}>;

const idOf = (value: string | null): string[] => (value === null ? [] : [value]);

/** Asks the stage that an improvement is routed to. Called in the transaction of the routing. */
export async function askBack(work: Work, improvement: Asking): Promise<void> {
  const { targetStage, service, outcome, description, benefit } = improvement.fields;
  const { principal } = work.caller;
  await offer(work, requirementBack, {
    subject: improvement,
    passed: [
      { role: 'improvement', id: improvement.id },
      ...idOf(service).map((id) => ({ role: 'service', id })),
      ...idOf(outcome).map((id) => ({ role: 'outcome', id })),
    ],
    fields: {
      targetStage,
      reason: [description, benefit].filter(Boolean).join('\n\n').slice(0, 10_000),
      requester: principal.kind === 'person' ? principal.id : null,
    },
  });
}

/** What the receiving stage does with what it has accepted (model F.5): the record in which it carries it out. */
export async function takeUp(work: Work, { fields }: RecordOf<typeof requirementBack.definition>): Promise<void> {
  const { registry } = work.application;
  const improvement = await lockUnscoped(work, serverRecord(registry, 'improvement'), String(fields.subject));
  switch (fields.targetStage) {
    case 'strategy':
      return unlessFed(work, improvement, ['business-requirement'], makeRequirement);
    case 'design':
      return unlessFed(work, improvement, ['design-package'], reopenDesign);
    case 'transition':
    case 'operation':
      return unlessFed(work, improvement, ['change'], raiseChange);
    case 'improvement':
    case null:
      // Improvement carries it out itself: its row in the register is the record of that.
      await moveBecause(work, serverRecord(registry, 'improvement'), improvement.id, 'implement');
  }
}

/** Whoever asked may have named the record that carries it out; then none is made. */
async function unlessFed(
  work: Work,
  improvement: RecordData,
  types: readonly string[],
  make: (work: Work, improvement: RecordData) => Promise<string>,
): Promise<void> {
  if (await feedsAny(work.client, improvement.providerId, improvement.id, types)) return;
  await link(work, { type: 'feeds', from: improvement.id, to: await make(work, improvement) });
}

const words = ({ fields: { description, benefit } }: RecordData): string =>
  [description, benefit].filter(Boolean).join('\n\n').slice(0, 4000);

/** The next turn of the loop: a requirement for the business to adopt, with its provenance. */
async function makeRequirement(work: Work, improvement: RecordData): Promise<string> {
  const record = serverRecord(work.application.registry, 'business-requirement');
  const input = {
    title: improvement.title,
    owner: null,
    statement: words(improvement),
    trigger: 'improvement',
    triggerSource: `${improvement.ref} ${improvement.title}`.slice(0, 200),
  };
  return (await create(work, record, input, { byCommand: true, parent: improvement })).id;
}

/** The design of the service goes back to work, and is accepted anew. */
async function reopenDesign(work: Work, improvement: RecordData): Promise<string> {
  const { service } = improvement.fields;
  const design =
    typeof service === 'string' ? await baselinedDesign(work.client, improvement.providerId, service) : undefined;
  if (!design)
    stop(
      refuse(
        'refused',
        refusal(
          'requirement-back.no-design',
          'No baselined design of its service is there to take up.',
          'Link the design package that carries it out ("feeds") to the improvement, or return the requirement.',
        ),
      ),
    );
  const reason = `${improvement.ref} ${improvement.title}`;
  await moveBecause(work, serverRecord(work.application.registry, 'design-package'), design, 'raise-fault', { reason });
  return design;
}

/** A draft for whoever assesses changes: of control in Transition, of practice in Operation. */
async function raiseChange(work: Work, improvement: RecordData): Promise<string> {
  const { service } = improvement.fields;
  const input = {
    title: improvement.title,
    owner: null,
    service: service ?? null,
    reason: words(improvement),
    raisedBy: work.caller.principal.id,
  };
  const record = serverRecord(work.application.registry, 'change');
  return (await create(work, record, input, { byCommand: true, parent: improvement })).id;
}
