import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { signedIn } from '../support/session.ts';
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
    conditions: [
      { text: 'Stores are told', owner: owner.id, dueAt: '2027-06-01T00:00:00.000Z', blocks: 'G4' },
      { text: 'Drivers are told', owner: owner.id, dueAt: '2027-06-01T00:00:00.000Z' },
    ],
  });
  const { rows } = await app.database.ownerPool.query(`select id from core.condition where text like 'Drivers%'`);
  expect((await owner.post(`/conditions/${rows[0].id}/met`, { evidence: 'They were told.' })).status).toBe(200);
  const customers = { title: 'Harbour', relationship: 'external', zone: 'UTC' };
  const administrator = await app.person('Ada Min', ['ADM']);
  const { id: claimed } = await administrator.create('customers', customers);
  const { token } = (await (await signedIn(app, administrator)).post(`/customers/${claimed}/invitation`)).body;
  const newcomer = { token, name: 'Carl Adler', email: 'carl@harbour.example.org', password: 'a long enough password' };
  const taken = await app.stranger.post('/welcome', newcomer);
  expect(taken.status).toBe(201);
  await administrator
    .create('people', { title: 'Pat', email: 'first@example.org' })
    .then(({ id }) => administrator.patch(`/people/${id}`, { expectedVersion: 1, email: 'second@example.org' }));
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
    `update core.condition set text = 'Nothing' where text = 'Stores are told'`,
    `update core.condition set text = 'Stores are told' where text = 'Nothing'`,
  ],
  [
    'an attestation reads otherwise',
    `update core.evidence set statement = 'Nobody asked.' where subject_id = $1`,
    `update core.evidence set statement = 'The board asked for it.' where subject_id = $1`,
  ],
  [
    'a salt is none',
    `update core.personal_value set salt = salt || 'x' where value = '"Bea Owner"'`,
    `update core.personal_value set salt = left(salt, 32) where value = '"Bea Owner"'`,
  ],
  [
    'a header says another stage',
    `update core.record set stage = 'design' where id = $1`,
    `update core.record set stage = 'strategy' where id = $1`,
  ],
  [
    'an attestation is bound by another hash',
    `update core.evidence set hash = reverse(hash) where subject_id = $1`,
    `update core.evidence set hash = reverse(hash) where subject_id = $1`,
  ],
  [
    'a personal value was exchanged',
    `update core.personal_value set value = '"Mallory"' where field = 'title' and value = '"Bea Owner"'`,
    `update core.personal_value set value = '"Bea Owner"' where value = '"Mallory"'`,
  ],
  [
    'a decision was used up by nobody, in the instant of a move',
    `insert into core.decision_end select d.provider_id, d.id, 'consumed', j.recorded_at, 'No.' from core.decision d join core.journal j on j.record_id = d.subject_id and j.kind = 'moved' where d.subject_id = $1 limit 1`,
    "delete from core.decision_end where state = 'consumed'",
  ],
  [
    'a decision was recorded at another time',
    `alter table core.decision drop constraint decision_check1; update core.decision set recorded_at = recorded_at - interval '1 day' where subject_id = $1`,
    `update core.decision set recorded_at = occurred_at; alter table core.decision add constraint decision_check1 check (occurred_at = recorded_at)`,
  ],
  [
    'somebody acted first for the other side',
    `update core.lineage_side set side = 'P'`,
    `update core.lineage_side set side = 'B'`,
  ],
  [
    'somebody acted first at another time',
    `update core.lineage_side set since = since - interval '1 day'`,
    `update core.lineage_side set since = since + interval '1 day'`,
  ],
  [
    'who acted first for a side was forgotten',
    `create table core.kept as select * from core.lineage_side; delete from core.lineage_side`,
    `insert into core.lineage_side select * from core.kept; drop table core.kept`,
  ],
  [
    'a side was invented',
    `insert into core.lineage_side select provider_id, lineage_id, gen_random_uuid(), 'P', since from core.lineage_side limit 1`,
    `delete from core.lineage_side where side = 'P'`,
  ],
  ...(['met_by = gen_random_uuid()', "met_at = met_at - interval '1 hour'", "evidence = 'None'"] as const).map(
    (edit): [string, string, string] => [
      `a condition was met otherwise: ${edit}`,
      `create table core.kept as select * from core.condition; update core.condition set ${edit} where state = 'met'`,
      `delete from core.condition; insert into core.condition select * from core.kept; drop table core.kept`,
    ],
  ),
  ...(['asserted_by = gen_random_uuid()', "asserted_at = asserted_at - interval '1 hour'"] as const).map(
    (edit): [string, string, string] => [
      `a link was made otherwise: ${edit}`,
      `create table core.kept as select * from core.link; update core.link set ${edit} where from_id = $1`,
      `delete from core.link; insert into core.link select * from core.kept; drop table core.kept`,
    ],
  ),
  [
    'a personal value is called erased',
    `update core.personal_value set erased_at = now() where value = '"Bea Owner"'`,
    `update core.personal_value set erased_at = null`,
  ],
  [
    'a personal value of before was exchanged',
    `update core.personal_value set value = '"Mallory"' where value = '"first@example.org"'`,
    `update core.personal_value set value = '"first@example.org"' where value = '"Mallory"'`,
  ],
  [
    'a record was created at another time',
    `update core.record set created_at = created_at - interval '1 day' where id = $1`,
    `update core.record set created_at = created_at + interval '1 day' where id = $1`,
  ],
  [
    'a record is found by other words',
    `update core.record set search_text = 'else' where id = $1`,
    `update core.record set search_text = 'br.1 1 slots two hours' where id = $1`,
  ],
  [
    'another person used the link of a customer',
    `update core.claim set used_by = gen_random_uuid() where kind = 'customer'`,
    `update core.claim set used_by = (select (edits -> '_claim' ->> 'usedBy')::uuid from core.journal where edits ? '_claim') where kind = 'customer'`,
  ],
  [
    'the claim of a customer was taken out',
    `create table core.kept as select * from core.claim; delete from core.claim`,
    `insert into core.claim select * from core.kept; drop table core.kept`,
  ],
  ['a checkpoint was forged', `update core.checkpoint set root = repeat('0', 64)`, ''],
];

describe('verify', () => {
  it('finds no difference where nothing was tampered with', async () => {
    const result = await verify(app.database.ownerPool, app.application.registry, app.keysFolder);
    expect(result.differences).toEqual([]);
    expect(result).toMatchObject({ records: 11, checkpoints: 1 });
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
