// What an act stands on beside its subject's state, written where the steps that lead there would have written it: links, states,
// decisions, fields. Those steps are walked by other tests; here only who may act is at stake.
import { randomUUIDv7 } from 'node:crypto';
import { evidenceHash, evidenceOf, evidenceSources } from '../../../core/decision/evidence.ts';
import { fieldsOf } from '../../../core/record/define/define.ts';
import type { RecordDefinition } from '../../../core/record/define/define.ts';
import { tableColumns, toColumns } from '../../../core/record/define/row.ts';
import { serverRecord } from '../../../core/record/define/work.ts';
import type { TestApplication } from '../application.ts';
import type { Audience, Planted } from '../planted.ts';

export interface Ground {
  app: TestApplication;
  /** A customer's own person, and somebody of the provider. */
  near: string;
  far: string;
  desk: string;
  /** The record of another type of the same audience. */
  beside: (record: Planted, type: string) => Planted;
  /** Another of the same type. */
  another: (record: Planted) => Planted;
  definition: (type: string) => RecordDefinition;
  sql: (text: string, values: readonly unknown[]) => Promise<void>;
  set: (record: Pick<Planted, 'id' | 'type'>, fields: Readonly<Record<string, unknown>>) => Promise<void>;
  state: (record: Pick<Planted, 'id' | 'type'>, state: string) => Promise<void>;
  owner: (record: Planted, owner: string) => Promise<void>;
  /** The only link of its type from one record. */
  link: (type: string, from: Planted, to: Planted) => Promise<void>;
  /** No link of the type leads from it, or to it. */
  unlinked: (type: string, end: { from: Planted } | { to: Planted }) => Promise<void>;
  /** A decision that stands for what its subject says now, by each of its customers or by the provider. */
  approved: (gate: string, subject: Planted, side: 'B' | 'P') => Promise<void>;
  hash: (record: Planted) => Promise<string>;
}

export function groundOn(
  app: TestApplication,
  records: () => readonly Planted[],
  people: Pick<Ground, 'near' | 'far' | 'desk'>,
): Ground {
  const { ownerPool } = app.database;
  const now = () => new Date(app.clock.now()).toISOString();
  const sql = async (text: string, values: readonly unknown[]) => void (await ownerPool.query(text, [...values]));
  const definition = (type: string) => serverRecord(app.application.registry, type).definition;
  const beside = ({ audience }: { audience: Audience }, type: string): Planted => {
    const found = records().find((each) => each.type === type && each.audience === audience);
    if (!found) throw new Error(`no ${audience} ${type} is planted`);
    return found;
  };
  const hash = async ({ id }: Planted): Promise<string> =>
    (await ownerPool.query('select content_hash as hash from core.record where id = $1', [id])).rows[0].hash;
  return {
    ...people,
    app,
    sql,
    hash,
    definition,
    beside,
    another: ({ id, type }) => {
      const found = records().find((each) => each.type === type && each.id !== id);
      if (!found) throw new Error(`there is but one ${type}`);
      return found;
    },
    set: async ({ id, type }, fields) => {
      const of = definition(type);
      const told = { ...of, fields: Object.fromEntries(fieldsOf(of).filter(([name]) => name in fields)) };
      const columns = tableColumns(told).map(({ name }, at) => `${name} = $${at + 2}`);
      await sql(`update ${of.table} set ${columns.join(', ')} where id = $1`, [id, ...toColumns(told, fields)]);
    },
    state: async ({ id, type }, to) => {
      const { table, fields } = definition(type);
      // Of what is handed over one edition is offered at a time.
      if (to === 'offered' && 'subject' in fields)
        await sql(
          `update ${table}
           set state = 'withdrawn'
           where id <> $1 and subject = (select subject from ${table} where id = $1)`,
          [id],
        );
      for (const of of [table, 'core.record']) await sql(`update ${of} set state = $2 where id = $1`, [id, to]);
    },
    owner: ({ id }, owner) => sql('update core.record set owner_id = $2 where id = $1', [id, owner]),
    link: async (type, from, to) => {
      await sql(
        `update core.link
         set withdrawn_at = $2
         where from_id = $1 and type = $3 and withdrawn_at is null`,
        [from.id, now(), type],
      );
      await sql(
        `insert into core.link (provider_id, id, type, from_id, to_id, from_hash, to_hash, asserted_by, asserted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [app.providerId, randomUUIDv7(), type, from.id, to.id, await hash(from), await hash(to), people.desk, now()],
      );
    },
    unlinked: (type, end) =>
      sql(
        `update core.link
         set withdrawn_at = $2
         where ${'from' in end ? 'from_id' : 'to_id'} = $1 and type = $3 and withdrawn_at is null`,
        ['from' in end ? end.from.id : end.to.id, now(), type],
      ),
    approved: async (gate, subject, side) => {
      const { rows } = await ownerPool.query(
        'select provider_id as "providerId", id, customers, version, content_hash as hash from core.record where id = $1',
        [subject.id],
      );
      const [{ customers, version, hash: contentHash, providerId }] = rows;
      const record = serverRecord(app.application.registry, subject.type);
      const sources = await evidenceSources(ownerPool, record, { id: subject.id, providerId }, now());
      for (const customer of side === 'B' ? customers : [null]) {
        const evidence = evidenceOf(record, { gate, customer }, sources);
        await sql(
          `insert into core.decision (
             provider_id, id, gate, subject_id, subject_type, subject_version, subject_hash, evidence, evidence_hash,
             side, outcome, decided_by, role, customer_id, reason, occurred_at, recorded_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'approve', $11, $12, $13, 'It holds.', $14, $14)`,
          [
            providerId,
            randomUUIDv7(),
            gate,
            subject.id,
            subject.type,
            version,
            contentHash,
            JSON.stringify(evidence),
            evidenceHash(evidence),
            side,
            people.desk,
            app.application.registry.gates.get(gate)?.roles[0],
            customer,
            now(),
          ],
        );
      }
    },
  };
}
