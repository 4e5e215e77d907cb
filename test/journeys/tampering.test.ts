// What somebody could alter who got at the database, as the application's role or as the owner of its tables: each alteration
// is impossible for that role, noticed by `verify`, or named in its last line as not covered. Looked at as well: every table of
// the schema (docs/reference/schema.sql) for what the application's role may write there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastLine } from '../../app/cli/verify.ts';
import { allRecounts } from '../../app/server/background.ts';
import { keepIn } from '../../core/journal/kept.ts';
import { verify } from '../../core/journal/verify.ts';
import { logOf } from '../../examples/harbour/log.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { signedIn } from '../support/session.ts';
import { playedExample } from '../support/played.ts';

let app: TestApplication;
const folder = mkdtempSync(join(tmpdir(), 'servicewright-tampering-'));
const kept = join(folder, 'kept');

const check = (against: readonly string[] = [], recounts = allRecounts()) =>
  verify(app.database.ownerPool, app.application.registry, app.keysFolder, {
    recounts,
    now: new Date(app.clock.now()).toISOString(),
    against,
  });
const told = async (...of: Parameters<typeof check>) =>
  (await check(...of)).differences.map(({ record, what }) => `${record} ${what}`);

beforeAll(async () => {
  app = await createTestApplication({ startAt: new Date().toISOString(), witnessed: false });
  const played = await playedExample(app, logOf(undefined, folder));
  const checkpoint = async () => {
    for (let open = 1; open > 0; ) {
      await app.runJob('journal-checkpoint');
      const { rows } = await app.database.ownerPool.query<{ open: number }>(
        'select count(*)::int as open from core.journal where seq > (select coalesce(max(seq_to), 0) from core.checkpoint)',
      );
      open = rows[0]?.open ?? 0;
    }
  };
  await checkpoint();
  const customer = await app.customer('Marlowe Grocers', { claimed: false });
  const administrator = await app.person('Ada Min', ['ADM']);
  const invited = await (await signedIn(app, administrator)).post(`/customers/${customer}/invitation`);
  const newcomer = { name: 'Carl Adler', email: 'carl@marlowe.example.org', password: 'a long enough password' };
  expect((await app.stranger.post('/welcome', { ...newcomer, token: invited.body.token })).status).toBe(201);
  await checkpoint();
  const owner = await app.person('Bea Marsh', ['BOW'], { customer });
  const requirement = { title: 'Slots', statement: 'Two hours.', trigger: 'market' };
  const { id } = await owner.create('business-requirements', requirement);
  await owner.post(`/records/${id}/attestations`, { gate: 'G1', title: 'Paper', statement: 'The board asked.' });
  await owner.post('/business-requirements', requirement, { 'idempotency-key': 'once' });
  const desk = await played.as('Dee Kaur');
  const incident = (await desk.get('/incidents?limit=1')).body.items[0].id;
  for (const text of ['Rebooted.', 'It came back.'])
    await desk.post(`/incidents/${incident}/notes`, { audience: 'internal', text });
  for (let times = 0; times < 3; times += 1) await desk.post('/measurement/rollups/catch-up');
  await checkpoint();
  await app.settle();
  await app.runJob('measurement-rollup');
  await keepIn(app.database.ownerPool, kept);
}, 240_000);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

interface Tampering {
  what: string;
  /** The statement, as the application's role unless said otherwise. */
  sql: string;
  owner?: true;
  comes: 'impossible' | 'noticed' | 'named';
  /** The table it writes, to be put back. */
  table?: string;
  /** What the difference tells of; what the last line names. */
  words?: RegExp;
  against?: true;
}

const impossible = (what: string, sql: string): Tampering => ({ what, sql, comes: 'impossible' });
const noticed = (what: string, table: string, sql: string, words: RegExp): Tampering => ({
  what,
  sql,
  comes: 'noticed',
  table,
  words,
});
const byOwner = (what: string, table: string, sql: string, words: RegExp): Tampering => ({
  ...noticed(what, table, sql, words),
  owner: true,
});
const named = (what: string, table: string, sql: string, words: RegExp): Tampering => ({
  what,
  sql,
  comes: 'named',
  table,
  words,
});
const apart = (what: string, sql: string): Tampering => ({
  ...byOwner(what, 'core.checkpoint', sql, /is missing, as .*kept keeps it/),
  against: true,
});

const someone = `(select id from core.person where email is not null and customer is not null order by id limit 1)`;
const aCase = `(select record_id from core.case_fact where ended_at is not null and worked_minutes is not null order by record_id limit 1)`;

const tamperings: Tampering[] = [
  // Figures.
  noticed(
    'a figure is another',
    'improvement.rollup',
    `update improvement.rollup set value = 99 where metric = 'SF-4'`,
    /SF-4/,
  ),
  noticed(
    'the days of bad figures are gone',
    'improvement.rollup',
    `delete from improvement.rollup where metric = 'SF-4' and grain = 'day'`,
    /SF-4/,
  ),
  noticed(
    'a case took a minute',
    'core.case_fact',
    `update core.case_fact set worked_minutes = 1 where record_id = ${aCase}`,
    /measured fact/,
  ),
  noticed(
    'a case had ten times as long',
    'core.case_fact',
    `update core.case_fact set target_minutes = target_minutes * 10 where record_id = ${aCase}`,
    /measured fact/,
  ),
  noticed(
    "a case was another customer's",
    'core.case_fact',
    `update core.case_fact set customer_id = gen_random_uuid() where record_id = ${aCase}`,
    /measured fact/,
  ),
  noticed(
    'what figures read was passed over',
    'improvement.cursor',
    `update improvement.cursor set place = place + 1000 where name = 'journal'`,
    /journal reads what figures are computed from at a place that nothing has/,
  ),
  noticed(
    'days were declared as observed by nobody',
    'improvement.observed_period',
    `insert into improvement.observed_period (provider_id, service_id, from_day, to_day, min_n, declared_by, declared_at) select provider_id, service_id, from_day, to_day + 100, 1, declared_by, now() from improvement.observed_period limit 1`,
    /an observed period stands without ground/,
  ),
  impossible('the days of figures were shifted', `update improvement.zone set zone = 'Asia/Tokyo'`),
  byOwner(
    'a decision waited for nobody',
    'improvement.gate_wait',
    `update improvement.gate_wait set waited_days = 0.001`,
    /the wait of a decision/,
  ),
  impossible('a decision waited for no time', `update improvement.gate_wait set waited_days = 0.001`),
  noticed(
    'a package promised less',
    'handover.package_summary',
    `update handover.package_summary set availability_target = 1`,
    /summary of its promises/,
  ),
  noticed(
    'a service had no open incidents',
    'handover.service_summary',
    `update handover.service_summary set open_incidents = open_incidents + 1`,
    /count of its incidents/,
  ),
  // Clocks and agreements.
  noticed(
    'a clock was met',
    'core.clock',
    `update core.clock set state = 'met', course = '[]' where id = (select id from core.clock order by id limit 1)`,
    /clock .* was altered/,
  ),
  noticed(
    'a clock is due later',
    'core.clock',
    `update core.clock set due_at = due_at + interval '1 year', target_minutes = target_minutes * 10 where id = (select id from core.clock where due_at is not null order by id limit 1)`,
    /clock .* was altered/,
  ),
  noticed(
    'a service was live longer',
    'handover.live_interval',
    `insert into handover.live_interval select provider_id, subscription_id, service_version_id, service_id, customer_id, lineage_id, from_at - interval '1 year', from_at from handover.live_interval limit 1`,
    /live/,
  ),
  noticed(
    'an agreement ended early',
    'handover.agreement_in_force',
    `update handover.agreement_in_force set to_at = from_at + interval '1 minute'`,
    /end of a version in force/,
  ),
  noticed(
    'an agreement was invented',
    'handover.agreement_in_force',
    `insert into handover.agreement_in_force select provider_id, agreement_id, version + 50, service_id, customer_id, from_at, to_at, definition, content_hash from handover.agreement_in_force limit 1`,
    /version in force .* stands without a journal entry/,
  ),
  byOwner(
    'an agreement promised less',
    'handover.agreement_in_force',
    `update handover.agreement_in_force set definition = definition || '{"availabilityPercent": 1}'`,
    /version in force .* was altered/,
  ),
  // Rights.
  noticed(
    'a key acts as the executive',
    'core.api_key',
    `insert into core.api_key (id, provider_id, person_id, name, prefix, secret_hash, scopes, created_at) select gen_random_uuid(), provider_id, person, 'x', 'x', 'x', '{read,decide}', now() from core.role_grant where role = 'BEX' limit 1`,
    /API key .* stands without a journal entry/,
  ),
  byOwner(
    'a key may more than it was made for',
    'core.api_key',
    `update core.api_key set scopes = scopes || '{decide,write}'`,
    /API key .* was altered/,
  ),
  impossible(
    'a key that ended acts again',
    `update core.api_key set revoked_at = null, scopes = '{read,write,decide}' where id is not null`,
  ),
  impossible(
    'a one-time link makes another administrator',
    `insert into core.claim (id, provider_id, kind, token_hash, made_at, expires_at) select gen_random_uuid(), id, 'administrator', 'x', now(), now() from core.provider where not example`,
  ),
  impossible('a used link is open again', `update core.claim set used_at = null, used_by = null`),
  noticed(
    'a claimed customer is to be claimed again',
    'core.customer',
    `update core.customer set claimed_at = null`,
    /claimedAt/,
  ),
  noticed(
    'a self-declared claim stands as confirmed',
    'core.customer',
    `update core.customer set standing = case standing when 'confirmed' then 'self-declared' else 'confirmed' end where claimed_at is not null`,
    /standing/,
  ),
  impossible(
    'the provider is called and is something else',
    `update core.provider set name = 'Other', kind = 'external'`,
  ),
  impossible(
    'the scenario clock goes back',
    `update core.provider set scenario_now = scenario_now - interval '1 year' where example`,
  ),
  noticed(
    'a right has a higher limit',
    'core.role_grant',
    `update core.role_grant set limit_minor = 900000000, limit_currency = 'EUR'`,
    /field limit/,
  ),
  noticed(
    'a right was given by nobody',
    'core.role_grant',
    `insert into core.role_grant (provider_id, id, state, person, role) select provider_id, gen_random_uuid(), 'active', id, 'ADM' from core.person limit 1`,
    /row without a header/,
  ),
  named(
    "somebody else's password opens an account",
    'identity.account',
    `update identity.account set password = 'x'`,
    /passwords and second factors/,
  ),
  named(
    'a second factor is gone',
    'identity."twoFactor"',
    `delete from identity."twoFactor"`,
    /passwords and second factors/,
  ),
  // Words.
  noticed(
    "a note speaks in the customer's name",
    'core.note',
    `insert into core.note select provider_id, gen_random_uuid(), record_id, 'public', commitment, ${someone}, at from core.note limit 1`,
    /note .* stands without a journal entry/,
  ),
  byOwner(
    'an internal note is read by everybody',
    'core.note',
    `update core.note set audience = 'public'`,
    /note .* was altered/,
  ),
  byOwner(
    "a note is another person's, and older",
    'core.note',
    `update core.note set author_id = ${someone}, at = at - interval '1 day'`,
    /note .* was altered/,
  ),
  byOwner('a note is gone', 'core.note', `delete from core.note`, /note .* is missing/),
  named(
    'a refusal was made up',
    'core.refusal',
    `insert into core.refusal (provider_id, id, at, channel, command, kind, codes, refusals) select id, gen_random_uuid(), now(), 'api', 'x', 'forbidden', '{x}', '[]' from core.provider limit 1`,
    /refusals that the application's role made up/,
  ),
  byOwner(
    'a refusal is gone',
    'core.refusal',
    `delete from core.refusal where number = 1`,
    /refusal 2 does not follow/,
  ),
  byOwner(
    'the newest refusals are gone',
    'core.refusal',
    `delete from core.refusal where number >= 2`,
    /covers \d+ refusals, of which the last is another or gone/,
  ),
  byOwner(
    'a refusal reads otherwise',
    'core.refusal',
    `update core.refusal set command = 'another'`,
    /refusal 1 was altered/,
  ),
  impossible('an answer to a repeated call is another', `update core.idempotency set response = '{"id": "x"}'`),
  byOwner(
    'what was attested takes back what was said before',
    'core.evidence',
    `update core.evidence set withdraws = id`,
    /attestation .* was altered/,
  ),
  byOwner(
    'a decision saw other evidence',
    'core.decision',
    `update core.decision set evidence = '[]'`,
    /decision .* was altered/,
  ),
  impossible('a personal value is another', `update core.personal_value set value = '"Mallory"'`),
  impossible('a condition asks for something else', `update core.condition set text = 'Nothing', owner_id = null`),
  impossible("a record is another customer's lineage", 'update core.record set lineage_id = id, created_at = now()'),
  impossible('a link leads elsewhere', 'update core.link set to_id = from_id'),
  impossible(
    'a service was live from another day',
    `update handover.live_interval set from_at = from_at - interval '1 day'`,
  ),
  // Order and chain.
  impossible(
    'an entry takes a number of before',
    `insert into core.journal (seq, provider_id, recorded_at, occurred_at, record_id, record_type, version, kind, actor_kind, channel, edits, content_hash, hash) select 1, provider_id, recorded_at, occurred_at, record_id, record_type, version, kind, actor_kind, channel, edits, content_hash, 'x' from core.journal limit 1`,
  ),
  named('a job waits for ever', 'pgboss.queue', `update pgboss.queue set retry_limit = 0`, /the queue of jobs/),
  impossible('items of a checklist stand otherwise', 'update core.item set position = -position'),
  byOwner(
    'items of a checklist stand in another order',
    'core.item',
    `update core.item set position = -position`,
    /order of items/,
  ),
  noticed(
    'a header of a type that is none',
    'core.record',
    `insert into core.record (provider_id, id, type, number, ref, title, state, stage, version, lineage_id, content_hash, head_hash, created_at, updated_at) select provider_id, gen_random_uuid(), 'ghost', 1, 'GH-1', 'x', 'x', 'x', 1, id, 'x', 'x', now(), now() from core.record limit 1`,
    /a header of a type that is none: ghost/,
  ),
  noticed(
    'what follows the journal passes entries over',
    'core.cursor',
    `update core.cursor set seq = seq + 1000`,
    /reads the journal from a place that no entry has/,
  ),
  impossible('the journal is settled up to where it is not', `update core.horizon set seq = 999999999`),
  byOwner(
    'readers pass an entry over',
    'core.journal',
    `update core.journal set transaction = '1' where seq = (select max(seq) from core.journal)`,
    /written by other transactions/,
  ),
  apart('all checkpoints are gone', 'delete from core.checkpoint'),
  apart(
    'the newest checkpoint is gone',
    'delete from core.checkpoint where seq_to = (select max(seq_to) from core.checkpoint)',
  ),
  byOwner(
    'the first checkpoint is gone',
    'core.checkpoint',
    'delete from core.checkpoint where seq_to = (select min(seq_to) from core.checkpoint)',
    /does not follow the one before it/,
  ),
  noticed(
    'a checkpoint was made up',
    'core.checkpoint',
    `insert into core.checkpoint select seq_to + 1, seq_to + 1, 0, root, root, at, key_id, signature, refusals, refusal_head, transactions, cluster, next_transaction, late from core.checkpoint order by seq_to desc limit 1`,
    /signature does not fit/,
  ),
];

/** What is computed anew; anything else is told by an entry. */
const computed = /^(?:improvement|handover)\.|^core\.case_fact$/;

const figures = 'figures of all metrics';

/** Runs with the table set aside, and put back afterwards as it stood. */
async function aside(table: string, work: () => Promise<void>): Promise<void> {
  const client: pg.PoolClient = await app.database.ownerPool.connect();
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns
     from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const columns = rows[0]?.columns ?? '';
  await client.query(`create table public.aside as select ${columns} from ${table}`);
  try {
    await work();
  } finally {
    await client.query(`delete from ${table}`);
    await client.query(`insert into ${table} (${columns}) overriding system value select ${columns} from public.aside`);
    await client.query('drop table public.aside');
    client.release();
  }
}

describe('an installation that nobody tampered with', () => {
  it('has no difference, also against checkpoints kept elsewhere', async () => {
    const result = await check([kept]);
    expect(result.differences).toEqual([]);
    expect(result.kept).toBe(result.checkpoints);
    expect(result.checkpoints).toBeGreaterThan(2);
    expect(lastLine(result, { quick: false })).toMatch(/^verify: no difference in .* checkpoints \(\d+ compared/);
  });
});

describe('a tampering', () => {
  it('of at most four kinds is left to be named', () => {
    expect(tamperings.filter(({ comes }) => comes === 'named').length).toBeLessThanOrEqual(4);
  });

  it.each(tamperings.filter(({ comes }) => comes === 'impossible'))(
    'by which $what is impossible for the application',
    async ({ sql }) => {
      await expect(app.database.appPool.query(sql)).rejects.toMatchObject({ code: '42501' });
    },
  );

  it.each(tamperings.filter(({ comes }) => comes === 'noticed'))(
    'by which $what is noticed',
    async ({ sql, table = '', owner, words, against }) => {
      await aside(table, async () => {
        const pool = owner ? app.database.ownerPool : app.database.appPool;
        expect((await pool.query(sql)).rowCount).toBeGreaterThan(0);
        const recounts = allRecounts().filter(
          ({ what: of }) => computed.test(table) && (of !== figures || table.startsWith('improvement')),
        );
        expect((await told(against ? [kept] : [], recounts)).join('\n')).toMatch(words ?? /./);
      });
    },
  );

  it.each(tamperings.filter(({ comes }) => comes === 'named'))(
    'by which $what is named as not covered',
    async ({ sql, table = '', words }) => {
      await aside(table, async () => {
        await app.database.appPool.query(sql);
        const result = await check([], []);
        expect(result.differences).toEqual([]);
        expect(lastLine(result, { quick: false })).toMatch(words ?? /./);
      });
    },
  );

  it('leaves nothing behind in this test', async () => {
    expect(await told([kept])).toEqual([]);
  });
});
