import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { verify } from '../../core/journal/verify.ts';

let app: TestApplication;
let subject: string;
const check = async () => (await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences;

beforeAll(async () => {
  app = await createTestApplication();
  const customer = await app.customer('Marlowe Grocers');
  const owner = await app.person('Bea Owner', ['BOW'], { customer });
  subject = (
    await owner.create('business-requirements', {
      title: 'Slots',
      statement: 'Two hours.',
      trigger: 'market',
      priority: 'must',
    })
  ).id;
  await owner.create('outcomes', {
    title: 'Fewer misses',
    requirement: subject,
    statement: 'Fewer.',
    measure: 'missed / booked',
    unit: '%',
  });
  await owner.move('business-requirements', subject, 'analyse');
  await owner.post(`/records/${subject}/attestations`, {
    gate: 'G1',
    title: 'Board paper',
    statement: 'The board asked for it.',
  });
  await owner.decide('G1', subject, {
    outcome: 'approve_with_conditions',
    conditions: [{ text: 'Stores are told', blocks: 'G4' }],
  });
  await app.runJob('journal-checkpoint');
});
afterAll(() => app.close());

/** Damages done by somebody with the owner's rights, each with what it takes to undo it. */
const damages: [string, string, string][] = [
  [
    'a header says another title',
    `update core.record set title = 'Tampered' where id = $1`,
    `update core.record set title = 'Slots' where id = $1`,
  ],
  [
    'a header says another state',
    `update core.record set state = 'satisfied' where id = $1`,
    `update core.record set state = 'agreed' where id = $1`,
  ],
  [
    'a row says another value',
    `update strategy.business_requirement set priority = 'could' where id = $1`,
    `update strategy.business_requirement set priority = 'must' where id = $1`,
  ],
  [
    'a row is in another state than its header',
    `update strategy.business_requirement set state = 'satisfied' where id = $1`,
    `update strategy.business_requirement set state = 'agreed' where id = $1`,
  ],
  [
    'a journal entry was rewritten',
    `update core.journal set reason = 'no' where record_id = $1 and kind = 'decided'`,
    `update core.journal set reason = 'The evidence is convincing.' where record_id = $1 and kind = 'decided'`,
  ],
  [
    'a journal entry was taken out',
    `create table core.kept as select * from core.journal where record_id = $1 and kind = 'linked'; delete from core.journal where record_id = $1 and kind = 'linked'`,
    `insert into core.journal select * from core.kept; drop table core.kept`,
  ],
  [
    'a link was taken out',
    `create table core.kept as select * from core.link where from_id = $1; delete from core.link where from_id = $1`,
    `insert into core.link select * from core.kept; drop table core.kept`,
  ],
  [
    'a decision says the contrary',
    `update core.decision set outcome = 'reject' where subject_id = $1`,
    `update core.decision set outcome = 'approve_with_conditions' where subject_id = $1`,
  ],
  [
    'a decision was ended by nobody',
    `insert into core.decision_end select provider_id, id, 'revoked', occurred_at, 'No.' from core.decision where subject_id = $1`,
    'delete from core.decision_end',
  ],
  [
    'a condition reads otherwise',
    `update core.condition set text = 'Nothing' where subject_id = $1`,
    `update core.condition set text = 'Stores are told' where subject_id = $1`,
  ],
  [
    'an attestation reads otherwise',
    `update core.evidence set statement = 'Nobody asked.' where subject_id = $1`,
    `update core.evidence set statement = 'The board asked for it.' where subject_id = $1`,
  ],
  [
    'a personal value was exchanged',
    `update core.personal_value set value = '"Mallory"' where field = 'title' and value = '"Bea Owner"'`,
    `update core.personal_value set value = '"Bea Owner"' where value = '"Mallory"'`,
  ],
  ['a checkpoint was forged', `update core.checkpoint set root = repeat('0', 64)`, ''],
];

describe('verify', () => {
  it('finds no difference where nothing was tampered with', async () => {
    const result = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
    expect(result.differences).toEqual([]);
    expect(result).toMatchObject({ records: 5, checkpoints: 1 });
  });

  it.each(damages)('sees that %s', async (_name, damage, repair) => {
    const run = async (sql: string) => {
      for (const each of sql.split('; ')) await app.database.ownerPool.query(each.replaceAll('$1', `'${subject}'`));
    };
    await run(damage);
    expect((await check()).length).toBeGreaterThan(0);
    if (!repair) return;
    await run(repair);
    expect(await check()).toEqual([]);
  });

  it('cannot be deceived by the application itself, whose role may not alter the journal', async () => {
    for (const statement of [
      "update core.journal set reason = 'x'",
      'delete from core.journal',
      'delete from core.decision',
      "update core.decision set outcome = 'reject'",
      'delete from core.record',
      'truncate core.journal',
    ]) {
      await expect(app.database.appPool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
