// `verify`: folds every record's journal anew and compares it with every column, header and link; checks chains and checkpoints.
import { nilUuid } from '../record/define/id.ts';
import type pg from 'pg';
import { attestationBodies, attestationHash, decisionBodies, decisionHash } from '../decision/store.ts';
import type { AttestationBody } from '../decision/store.ts';
import type { Beside } from '../record/define/beside.ts';
import { itemColumns } from '../record/define/checklist.ts';
import type { ItemData } from '../record/define/checklist.ts';
import { recordColumns, toNext } from '../record/define/data.ts';
import type { RecordData } from '../record/define/data.ts';
import { fromRow, selectFields } from '../record/define/row.ts';
import type { Registry, ServerRecord } from '../record/define/work.ts';
import { verifyCheckpoints } from './verify-checkpoints.ts';
import type { CheckedCheckpoints } from './verify-checkpoints.ts';
import { verifyKept } from './verify-kept.ts';
import { verifyRefusals } from './verify-refusals.ts';
import { verifyRecord, verifyTakenBack } from './fold.ts';
import type { ClockTold } from './leniency.ts';
import { nowhere } from './nowhere.ts';
import { recounted } from './recount.ts';
import type { Recount } from './recount.ts';
import { orphans, strays } from './strays.ts';
import type { ConditionRow, Difference, EndRow, FullEntry, LinkRow, PersonalRow, Standing } from './fold.ts';

export interface Verification {
  records: number;
  entries: number;
  checkpoints: number;
  /** Checkpoints that were kept elsewhere and compared. */
  kept: number;
  /** Checkpoints from before a restore: which transactions wrote their entries cannot be compared any more. */
  elsewhere: number;
  differences: Difference[];
}

export interface VerifyOptions {
  progress?: (records: number) => void;
  /** What stages keep beside records, to be computed anew; none of it where none are given. */
  recounts?: readonly Recount[];
  /** Checkpoints that were kept elsewhere: files, or folders of them. */
  against?: readonly string[];
  /** ISO instant by which what depends on the present is computed. */
  now?: string;
}

const batch = 500;

/** Verifies everything in one snapshot. Memory is bounded by a batch of records; differences are cut at a thousand. */
export async function verify(
  pool: pg.Pool,
  registry: Registry,
  keysFolder: string,
  { progress = () => undefined, recounts = [], against = [], now = new Date().toISOString() }: VerifyOptions = {},
): Promise<Verification> {
  const client = await pool.connect();
  const result: Verification = { records: 0, entries: 0, checkpoints: 0, kept: 0, elsewhere: 0, differences: [] };
  const differ = (found: readonly Difference[]) => {
    // One by one: a call takes only so many values.
    for (const each of found) if (result.differences.length < 1000) result.differences.push(each);
  };
  try {
    await client.query('begin isolation level repeatable read read only');
    const checked = await verifyCheckpoints(client, keysFolder, now);
    result.checkpoints = checked.checkpoints;
    result.elsewhere = checked.elsewhere;
    differ(checked.differences);
    const kept = await verifyKept(client, keysFolder, against);
    result.kept = kept.checkpoints;
    differ(kept.differences);
    for (const record of registry.records.values()) {
      await verifyType(client, record, checked, (found, entries) => {
        result.records += 1;
        result.entries += entries;
        differ(found);
        if (result.records % 5000 === 0) progress(result.records);
      });
      differ(await orphans(client, record));
    }
    await verifyTakenBacks(client, (found, entries) => {
      result.entries += entries;
      differ(found);
    });
    differ(await strays(client, [...registry.records.keys()]));
    differ(
      await nowhere(
        client,
        [...registry.records.values()].map(({ definition }) => definition),
      ),
    );
    differ(await verifyRefusals(client));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  differ(await recounted(pool, recounts, { registry, now }));
  return result;
}

async function verifyType(
  client: pg.PoolClient,
  record: ServerRecord,
  { setBacks, late, examples }: Pick<CheckedCheckpoints, 'setBacks' | 'late' | 'examples'>,
  tell: (found: Difference[], entries: number) => void,
): Promise<void> {
  let after: [string, number] = [nilUuid, 0];
  for (;;) {
    const page = await standingPage(client, record, after);
    const last = page.at(-1);
    if (!last) return;
    for (const [provider, records] of Map.groupBy(page, (each) => each.providerId))
      await verifyBatch(
        client,
        record,
        { provider, records, ...(examples.has(provider) ? {} : { clock: { setBacks, late } }) },
        tell,
      );
    after = [last.providerId, last.number];
  }
}

/** The journals of records that were taken back: all that is left of them. */
async function verifyTakenBacks(
  client: pg.PoolClient,
  tell: (found: Difference[], entries: number) => void,
): Promise<void> {
  let after: string = nilUuid;
  for (;;) {
    const { rows } = await client.query(
      `with gone as (
         select distinct provider_id, record_id
         from core.journal
         where edits ? '_takenBack' and record_id > $1
         order by record_id
         limit ${batch})
       select j.record_id as of, ${fullEntry}
       from gone
       join core.journal j using (provider_id, record_id)
       order by j.seq`,
      [after],
    );
    const groups = Map.groupBy(rows as (FullEntry & { of: string })[], ({ of }) => of); // the select list
    if (!groups.size) return;
    for (const [id, entries] of groups)
      tell(
        verifyTakenBack(
          id,
          entries.map(({ of: _of, ...entry }) => entry),
        ),
        entries.length,
      );
    after = [...groups.keys()].toSorted().at(-1) ?? after;
  }
}

type StandingRecord = RecordData & { searchText: string };

async function standingPage(
  client: pg.PoolClient,
  { definition }: ServerRecord,
  [provider, number]: [string, number],
): Promise<StandingRecord[]> {
  const fields = selectFields(definition, 't');
  const { rows } = await client.query(
    `select ${recordColumns}${fields ? `, ${fields}` : ''},
       t.state as row_state,
       r.search_text as "searchText"
     from core.record r
     join ${definition.table} t on t.provider_id = r.provider_id and t.id = r.id
     where r.type = $1 and (r.provider_id, r.number) > ($2, $3)
     order by r.provider_id, r.number
     limit ${batch}`,
    [definition.type, provider, number],
  );
  return (rows as (StandingRecord & Record<string, unknown> & { row_state: string })[]).map((row) => ({
    ...row,
    fields: fromRow(definition, row),
    next: toNext(row),
    ...(row.row_state === row.state ? {} : { state: `${row.state} in the header, ${row.row_state} in its table` }),
  }));
}

type Elements = Awaited<ReturnType<Beside['standing']>>;

async function verifyBatch(
  client: pg.PoolClient,
  { definition, beside = [] }: ServerRecord,
  { provider, records, clock }: { provider: string; records: StandingRecord[]; clock?: ClockTold },
  tell: (found: Difference[], entries: number) => void,
): Promise<void> {
  const ids = records.map((record) => record.id);
  const of = async <T>(text: string): Promise<Map<string, (T & { of: string })[]>> =>
    Map.groupBy(
      (await client.query<T & { of: string } & pg.QueryResultRow>(text, [provider, ids])).rows,
      (row) => row.of,
    );
  const entries = await of<FullEntry>(
    `select record_id as of, ${fullEntry}
     from core.journal
     where provider_id = $1 and record_id = any($2::uuid[])
     order by seq`,
  );
  const personal = await of<PersonalRow>(
    `select record_id as of, commitment, field, salt, value, erased_at as "erasedAt"
     from core.personal_value
     where provider_id = $1 and record_id = any($2::uuid[])`,
  );
  const links = await of<LinkRow>(
    `select from_id as of,
       id,
       type,
       to_id as "to",
       from_hash as "fromHash",
       to_hash as "toHash",
       asserted_by as "assertedBy",
       asserted_at as "assertedAt",
       withdrawn_at as "withdrawnAt"
     from core.link
     where provider_id = $1 and from_id = any($2::uuid[])`,
  );
  const evidence = Map.groupBy(await attestationBodies(client, provider, ids), (body) => body.subject);
  const conditions = await of<ConditionRow>(
    `select subject_id as of,
       id,
       state,
       met_by as "metBy",
       met_at as "metAt",
       evidence,
       reminded_at as "remindedAt",
       lapsed_at as "lapsedAt"
     from core.condition
     where provider_id = $1 and subject_id = any($2::uuid[])`,
  );
  const ends = await of<EndRow>(
    `select d.subject_id as of, x.decision_id as decision, x.state, x.reason, x.at
     from core.decision d
     join core.decision_end x on x.provider_id = d.provider_id and x.decision_id = d.id
     where d.provider_id = $1 and d.subject_id = any($2::uuid[])`,
  );
  const sides = await of<Standing['sides'][number]>(
    `select r.id as of, s.person_id as person, s.side, s.since
     from core.record r
     join core.lineage_side s on s.provider_id = r.provider_id and s.lineage_id = r.lineage_id
     where r.provider_id = $1 and r.id = any($2::uuid[])`,
  );
  const items = definition.checklist
    ? await of<ItemData>(
        `select i.record_id as of, ${itemColumns}
         from core.item i
         where i.provider_id = $1 and i.record_id = any($2::uuid[])
         order by i.position`,
      )
    : new Map<string, (ItemData & { of: string })[]>();
  const decisions = Map.groupBy(await decisionBodies(client, provider, ids), (body) => body.subjectId);
  const lists: (Pick<Beside, 'told' | 'what' | 'completed'> & { elements: Elements })[] = [];
  for (const { standing, ...each } of beside) lists.push({ ...each, elements: await standing(client, provider, ids) });
  const bare = <T extends { of: string }>(rows: T[] | undefined): Omit<T, 'of'>[] =>
    (rows ?? []).map(({ of: _of, ...row }) => row);
  for (const record of records) {
    const own = bare(entries.get(record.id)) as FullEntry[];
    const standing: Standing = {
      record,
      items: bare(items.get(record.id)),
      links: bare(links.get(record.id)),
      evidence: (evidence.get(record.id) ?? []).map(toldAttestation),
      ends: bare(ends.get(record.id)),
      conditions: bare(conditions.get(record.id)),
      sides: bare(sides.get(record.id)),
      searchText: record.searchText,
      beside: lists.map(({ elements, ...each }) => ({ ...each, elements: elements.get(record.id) ?? [] })),
      personal: bare(personal.get(record.id)),
      decisions: (decisions.get(record.id) ?? []).map((body) => ({ id: body.id, hash: decisionHash(body) })),
    };
    tell(verifyRecord(definition, own, standing, clock), own.length);
  }
}

/** Gates bind to the hash that stands beside an attestation: it counts as much as the words. */
function toldAttestation(body: AttestationBody & { hash: string }): { id: string; hash: string } {
  const hash = attestationHash(body);
  return { id: body.id, hash: body.hash === hash ? hash : `${hash}, kept as ${body.hash}` };
}

const fullEntry = `seq, provider_id as "providerId", recorded_at as "recordedAt", occurred_at as "occurredAt", record_id as "recordId", record_type as "recordType", version, kind, actor_id as "actorId",
  actor_kind as "actorKind", on_behalf_of as "onBehalfOf", channel, move, from_state as "from", to_state as "to", edits, reason_code as "reasonCode", reason, cause, decision_id as "decisionId", source,
  content_hash as "contentHash", previous_hash as "previousHash", hash`;
