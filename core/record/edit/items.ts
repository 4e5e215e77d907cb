import { roleRefusals } from '../define/decide.ts';
import { rightsOver } from '../../permission/principal.ts';
import { refusal, refuse, stop } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { itemPart, refuseOverlap } from '../read/altered.ts';
import { itemColumns } from '../define/checklist.ts';
import type { ChecklistDefinition, ChecklistItem, ItemData } from '../define/checklist.ts';
import type { RecordData } from '../define/data.ts';
import { rememberSide } from './lineage.ts';
import { lock } from '../read/load.ts';
import { itemsOf } from '../read/read-items.ts';
import { save } from './save.ts';
import { statedFile } from './stated-file.ts';
import type { ServerRecord, Work } from '../define/work.ts';

export interface ItemInput {
  expectedVersion: number;
  statement?: string | null | undefined;
  /** Of a file of the record; null takes it off the item, and leaves it on the record. */
  file?: string | null | undefined;
  applicable?: boolean | undefined;
  notApplicableReason?: string | undefined;
  accept?: boolean | undefined;
  reject?: string | undefined;
}

function checklistOf(work: Work, { definition }: ServerRecord): ChecklistDefinition {
  const checklist = work.application.registry.checklists.get(definition.checklist ?? '');
  if (!checklist) throw new Error(`${definition.type} has no checklist called ${definition.checklist}`);
  return checklist;
}

/** Writes the items of a new record, by its profile. */
export async function createItems(work: Work, record: ServerRecord, data: RecordData): Promise<ItemData[]> {
  const checklist = checklistOf(work, record);
  const profile = data.profile ?? 'standard';
  const { rows } = await work.client.query<ItemData>(
    `insert into core.item as i (provider_id, record_id, item, position, mandatory, updated_at)
     select $1, $2, x.item, x.position, x.mandatory, $4
     from jsonb_to_recordset($3) as x(item text, position int, mandatory boolean)
     returning ${itemColumns}`,
    [
      data.providerId,
      data.id,
      JSON.stringify(
        checklist.items.map((item, position) => ({
          item: item.id,
          position,
          mandatory: item.mandatoryIn.includes(profile),
        })),
      ),
      work.now,
    ],
  );
  return rows;
}

/** Drafts, accepts, rejects or sets aside one item; the record's version goes up. Refuses by `stop`. */
export async function editItem(
  work: Work,
  record: ServerRecord,
  name: string,
  itemId: string,
  input: ItemInput,
): Promise<RecordData> {
  const before = await lock(work, record, name);
  const checklist = checklistOf(work, record);
  const items = await itemsOf(work.client, before);
  const item = items.find((each) => each.item === itemId);
  const declared = checklist.items.find((each) => each.id === itemId);
  if (!item || !declared)
    stop(
      refuse(
        'not_found',
        refusal(
          'item.unknown',
          `${before.ref} has no item ${itemId}.`,
          `Items: ${items.map((each) => each.item).join(', ')}.`,
        ),
      ),
    );
  await refuseOverlap(work, before, { version: input.expectedVersion, parts: [itemPart(itemId)] });
  const judged = judge(work, checklist, declared, before, item, input);
  if (judged.refusals.length) stop(refuse('forbidden', ...judged.refusals));
  const sided = await rememberSide(work, before, judged.roles);
  // Who accepts or rejects what was stated alters nothing of it.
  const isJudged = input.accept === true || input.reject !== undefined;
  const file = input.file && !isJudged ? { fileHash: await statedFile(work, before, input.file) } : {};
  const after: ItemData = { ...item, ...judged.patch, ...file, updatedAt: work.now };
  await work.client.query(
    `update core.item
     set applicable = $4,
       not_applicable_reason = $5,
       statement = $6,
       state = $7,
       drafted_by = $8,
       accepted_by = $9,
       accepted_role = $10,
       self_checked = $11,
       finding = $12,
       updated_at = $13,
       file_hash = $14
     where provider_id = $1 and record_id = $2 and item = $3`,
    [
      before.providerId,
      before.id,
      itemId,
      after.applicable,
      after.notApplicableReason,
      after.statement,
      after.state,
      after.draftedBy,
      after.acceptedBy,
      after.acceptedRole,
      after.selfChecked,
      after.finding,
      after.updatedAt,
      after.fileHash,
    ],
  );
  return save(work, record, before, {
    items: items.map((each) => (each.item === itemId ? after : each)),
    extra: { _item: { ...after }, ...sided },
    last: true,
    entry: { kind: 'edited', ...(input.reject ? { reason: input.reject } : {}) },
  });
}

interface Judgement {
  patch: Partial<ItemData>;
  roles: readonly string[];
  refusals: Refusal[];
}

function judge(
  work: Work,
  checklist: ChecklistDefinition,
  declared: ChecklistItem,
  record: RecordData,
  item: ItemData,
  input: ItemInput,
): Judgement {
  const { principal } = work.caller;
  const acceptors = declared.consumers.flatMap((consumer) => checklist.acceptors[consumer] ?? []);
  const accepting = input.accept === true || input.reject !== undefined;
  const roles = accepting ? acceptors : checklist.drafters;
  const refusals = roleRefusals(
    roles,
    rightsOver(principal.grants, record.customers),
    accepting ? `accept ${item.item}` : `draft ${item.item}`,
  );
  if (!checklist.openIn.includes(record.state))
    refusals.push(
      refusal(
        'item.closed',
        `The items of ${record.ref} are frozen while it is ${record.state.replaceAll('_', ' ')}.`,
        'Move the record back first.',
      ),
    );
  const settingAside = input.applicable === false;
  if (settingAside && !input.notApplicableReason)
    refusals.push(
      refusal(
        'item.reason',
        `Setting ${item.item} aside needs a reason.`,
        'Say why it does not apply.',
        'notApplicableReason',
      ),
    );
  if (accepting && item.applicable && item.state === 'missing')
    refusals.push(refusal('item.missing', `${item.item} says nothing yet.`, 'Draft it first.'));
  const own = accepting && item.draftedBy === principal.id;
  if (own && record.profile !== 'light')
    refusals.push(
      refusal(
        'separation.sd1',
        `You drafted ${item.item}; its acceptor is someone else.`,
        'Ask someone of the stage that consumes it (separation of duties SD1).',
      ),
    );
  const role = principal.grants.find((grant) => acceptors.includes(grant.role))?.role ?? null;
  return {
    refusals,
    roles,
    patch: accepting ? acceptance(input, principal.id, role, own) : drafting(item, input, principal.id),
  };
}

function acceptance(input: ItemInput, by: string, role: string | null, own: boolean): Partial<ItemData> {
  if (input.reject !== undefined)
    return { state: 'rejected', acceptedBy: by, acceptedRole: role, finding: input.reject, selfChecked: false };
  return { state: 'accepted', acceptedBy: by, acceptedRole: role, finding: null, selfChecked: own };
}

/** What is written anew waits for acceptance anew. */
function drafting(item: ItemData, input: ItemInput, by: string): Partial<ItemData> {
  const statement = input.statement === undefined ? item.statement : input.statement;
  const applicable = input.applicable ?? item.applicable;
  const hasFile = input.file === undefined ? item.fileHash !== null : input.file !== null;
  const filled = !applicable || hasFile || (statement !== null && statement.trim() !== '');
  return {
    statement,
    ...(input.file === null ? { fileHash: null } : {}),
    applicable,
    notApplicableReason: applicable ? null : (input.notApplicableReason ?? item.notApplicableReason),
    state: filled ? 'drafted' : 'missing',
    draftedBy: by,
    acceptedBy: null,
    acceptedRole: null,
    selfChecked: false,
    finding: null,
  };
}
