// A customer organisation that lost its administrator: its own people name another, two of them; where fewer are left, two of the
// provider announce one, whom anybody who is left may stop.
// Its kind: one person, or the provider alone, who comes to administer a business. Looked at besides: the first claim (confirmed by
// a second person), links made before, keys that may not decide, rights that were lent.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Answer, Body, Client } from '../support/client.ts';
import { signedIn } from '../support/session.ts';

let app: TestApplication;
let administrator: Client;
let second: Client;
const reason = 'Gone left us.';
const password = 'a long enough password';
const outcome = ({ status, body }: Answer) => (status < 300 ? status : `${status} ${body.code}`);
const on = (by: Client, customer: string, move: string, more: object = {}) =>
  by.tryMove('customers', customer, move, { reason, ...more }).then(outcome);
const fieldsOf = async (customer: string): Promise<Body> =>
  (await administrator.get(`/customers/${customer}`)).body.record.fields;
const holds = async (person: string, role: string): Promise<boolean> =>
  (
    await app.database.ownerPool.query('select from core.role_grant where person = $1 and role = $2 and state = $3', [
      person,
      role,
      'active',
    ])
  ).rowCount === 1;

beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ada Min', ['ADM']);
  second = await app.person('Adi Min', ['ADM']);
});
afterAll(async () => {
  expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  await app.close();
});

/** Its administrator cannot sign in: no door leads here, yet data from before may have it. */
async function bereft(title: string): Promise<string> {
  const customer = await app.customer(title);
  await app.person('Gone', ['CAD'], { customer, signsIn: false });
  return customer;
}
const there = (name: string, role: string, customer: string) => app.person(name, [role], { customer, signsIn: true });
const invite = async (by: Client, customer: string) =>
  (await signedIn(app, by)).post(`/customers/${customer}/invitation`);
const days = (many: number) => app.clock.advance(many * 24 * 3_600_000);

describe('an administrator whom its own people name', () => {
  it('is proposed by one and confirmed by another, never by who proposed, nor by anybody else', async () => {
    const customer = await bereft('Harbour');
    const owner = await there('Bea', 'BOW', customer);
    const executive = await there('Simon', 'BEX', customer);
    const user = await there('Uma', 'USR', customer);
    const outsider = await there('Olga', 'BOW', await app.customer('Pier'));
    const propose = (by: Client) => on(by, customer, 'propose-administrator', { successor: owner.id });
    const confirm = (by: Client) => on(by, customer, 'confirm-administrator');
    for (const by of [administrator, user]) expect(await propose(by)).toBe('409 customer.own-people');
    expect(await confirm(executive)).toBe('409 customer.nobody-proposed');
    expect(await propose(owner)).toBe(200);
    expect(await confirm(owner)).toBe('409 customer.own-proposal');
    for (const by of [administrator, second, user]) expect(await confirm(by)).toBe('409 customer.own-people');
    await expect(confirm(outsider)).rejects.toThrow('404');
    expect(await holds(owner.id, 'CAD')).toBe(false);

    expect(await confirm(executive)).toBe(200);
    expect(await holds(owner.id, 'CAD')).toBe(true);
    expect((await fieldsOf(customer)).standing).toBe('confirmed');
    for (const by of [executive, administrator, user]) {
      const { items } = (await by.get(`/records/${customer}/journal`)).body;
      expect([items[0], items[1]]).toMatchObject([
        { move: 'confirm-administrator', actor: executive.id },
        { move: 'propose-administrator', actor: owner.id, reason },
      ]);
    }
    for (const move of ['propose-administrator', 'confirm-administrator'])
      expect(await on(executive, customer, move, move.startsWith('p') ? { successor: executive.id } : {})).toMatch(
        /customer\.(administered|nobody-proposed)/,
      );
  });

  it('is one of them who is there and can sign in', async () => {
    const customer = await bereft('Quay');
    const owner = await there('Bea', 'BOW', customer);
    const absent = await app.person('Never came', ['BOW'], { customer });
    const outsider = await there('Olga', 'BOW', await app.customer('Mole'));
    for (const successor of [absent.id, administrator.id, outsider.id])
      expect(await on(owner, customer, 'propose-administrator', { successor })).toMatch(
        /customer\.candidate|record\.unknown-reference/,
      );
  });

  it('comes not by a proposer who has gone meanwhile, nor by two at once twice', async () => {
    const customer = await bereft('Weir');
    const [owner, executive, representative] = [
      await there('Bea', 'BOW', customer),
      await there('Simon', 'BEX', customer),
      await there('Cora', 'CUS', customer),
    ];
    expect(await on(owner, customer, 'propose-administrator', { successor: executive.id })).toBe(200);
    await app.database.ownerPool.query('delete from core.sign_in where person_id = $1', [owner.id]);
    expect(await on(representative, customer, 'confirm-administrator')).toBe('409 customer.proposer-gone');
    expect(await on(executive, customer, 'propose-administrator', { successor: executive.id })).toBe(200);
    const both = [representative, representative].map((by) => on(by, customer, 'confirm-administrator'));
    const answers = await Promise.all(both);
    expect(answers.filter((each) => each === 200)).toHaveLength(1);
  });
});

describe('an administrator whom the provider announces', () => {
  /** One is left, who holds no right of the business. */
  async function forsaken(title: string): Promise<{ customer: string; user: Client; announced: string }> {
    const customer = await bereft(title);
    const user = await there('Uma', 'USR', customer);
    const { id } = await administrator.create('people', { title: 'Nia New', customer });
    return { customer, user, announced: id };
  }
  const announce = (by: Client, customer: string, announced: string) =>
    on(by, customer, 'announce-administrator', { announced });
  const take = async (token: string, email: string) =>
    app.stranger.post('/welcome', { token, name: 'Nia New', email, password });

  it('is announced by two, and let in after fourteen days in which nobody stopped it; the claim is self-declared', async () => {
    const { customer, user, announced } = await forsaken('Empty');
    expect(outcome(await invite(administrator, customer))).toBe('409 customer.not-announced');
    expect(await on(administrator, customer, 'second-announcement')).toBe('409 customer.nobody-announced');
    expect(await announce(user, customer, announced)).toBe('403 permission.role');
    expect(await announce(administrator, customer, announced)).toBe(200);
    expect(await on(administrator, customer, 'second-announcement')).toBe('409 customer.own-announcement');
    days(20);
    expect(outcome(await invite(administrator, customer))).toBe('409 customer.not-announced');
    expect(await on(second, customer, 'second-announcement')).toBe(200);
    days(13);
    expect(outcome(await invite(administrator, customer))).toBe('409 customer.not-announced');
    days(1);
    const made = await invite(second, customer);
    expect(made.status).toBe(201);
    const taken = await take(made.body.token, 'nia@empty.example.org');
    expect([taken.status, taken.body.person]).toEqual([201, announced]);
    expect(await holds(announced, 'CAD')).toBe(true);
    expect(await fieldsOf(customer)).toMatchObject({
      standing: 'self-declared',
      announced: null,
      announcedUntil: null,
    });
    const { items } = (await user.get(`/records/${customer}/journal`)).body;
    expect(items[0].edits['_claim']).toEqual({ madeBy: second.id, usedBy: announced });
    expect(items.map(({ move }: Body) => move)).toEqual(
      expect.arrayContaining(['announce-administrator', 'second-announcement']),
    );
    expect(outcome(await invite(administrator, customer))).toBe('409 customer.claimed');
  });

  it('is who was announced, and not for ever: nobody renames them, and it is over when it did not come about', async () => {
    const { customer, announced } = await forsaken('Late');
    const rename = async () => {
      const { version } = (await administrator.get(`/people/${announced}`)).body.record;
      return outcome(await administrator.patch(`/people/${announced}`, { expectedVersion: version, title: 'Mallory' }));
    };
    expect(await announce(administrator, customer, announced)).toBe(200);
    expect(await on(second, customer, 'second-announcement')).toBe(200);
    expect(await rename()).toBe('403 permission.other-side');
    days(29);
    expect(outcome(await invite(administrator, customer))).toBe('409 customer.not-announced');
    expect(await on(administrator, customer, 'stop-announcement')).toBe(200);
    expect(await rename()).toBe(200);
  });

  it('has lost its occasion for good when two of its own people name another', async () => {
    const { customer, announced } = await forsaken('Found');
    expect(await announce(administrator, customer, announced)).toBe(200);
    expect(await on(second, customer, 'second-announcement')).toBe(200);
    const owner = await there('Bea', 'BOW', customer);
    const executive = await there('Simon', 'BEX', customer);
    expect(await on(owner, customer, 'propose-administrator', { successor: owner.id })).toBe(200);
    expect(await on(executive, customer, 'confirm-administrator')).toBe(200);
    expect(await fieldsOf(customer)).toMatchObject({ announced: null, announcedBy: null, announcedUntil: null });
  });

  it('is stopped at once by anybody who is left, and whoever announced them holds nothing there', async () => {
    const { customer, user, announced } = await forsaken('Stopped');
    await announce(administrator, customer, announced);
    await on(second, customer, 'second-announcement');
    days(14);
    const { token } = (await invite(administrator, customer)).body;
    expect(await on(user, customer, 'stop-announcement', { reason: 'I do not know them.' })).toBe(200);
    expect(outcome(await take(token, 'nia@stopped.example.org'))).toBe('409 customer.claimed');
    expect(outcome(await invite(administrator, customer))).toBe('409 customer.not-announced');
    expect(await holds(announced, 'CAD')).toBe(false);
    for (const by of [administrator, second])
      expect(await announce(administrator, customer, by.id)).toMatch(/customer\.candidate|record\.unknown-reference/);
    const right = { title: 'CAD', person: administrator.id, role: 'CAD', customer };
    expect((await administrator.post('/role-grants', right)).status).toBeGreaterThan(399);
  });

  it('comes not where two are left who can name one, nor where somebody keeps it, nor before it was claimed', async () => {
    const { customer, announced } = await forsaken('Able');
    await there('Bea', 'BOW', customer);
    expect(await announce(administrator, customer, announced)).toBe(200);
    const executive = await there('Simon', 'BEX', customer);
    expect(await on(second, customer, 'second-announcement')).toBe('409 customer.can-name');
    expect(await announce(administrator, customer, announced)).toBe('409 customer.can-name');
    expect(outcome(await invite(administrator, customer))).toBe('409 customer.claimed');
    const kept = await app.customer('Kept');
    await app.person('Carla', ['CAD'], { customer: kept });
    expect(await announce(administrator, kept, executive.id)).toBe('409 customer.administered');
    const unclaimed = await app.customer('Unclaimed', { claimed: false });
    expect(await announce(administrator, unclaimed, announced)).toBe('409 customer.unclaimed');
  });

  it('is announced anew where the first of the two administers no more', async () => {
    const { customer, announced } = await forsaken('Alone');
    const third = await app.person('Abe Min', ['ADM']);
    await announce(third, customer, announced);
    const { rows } = await app.database.ownerPool.query<{ id: string }>(
      'select id from core.role_grant where person = $1',
      [third.id],
    );
    await administrator.move('role-grants', rows[0]?.id ?? '', 'revoke', { reason });
    expect(await on(second, customer, 'second-announcement')).toBe('409 customer.announcer-gone');
  });
});
