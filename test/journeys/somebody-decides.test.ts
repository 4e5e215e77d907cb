// Every gate that some record can come to has somebody who may decide there, or it is told which role has to be given, and by whom.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gateFor } from '../../core/lifecycle/gate.ts';
import { posts } from '../../core/decision/waiting.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { takenOver } from '../support/service.ts';
import { severalCustomers } from '../support/several.ts';

let app: TestApplication;
let administrator: Client;

beforeAll(async () => {
  app = await createTestApplication();
  administrator = await app.person('Ada Min', ['ADM']);
});
afterAll(() => app.close());

const health = async (): Promise<Body> => (await administrator.get('/health/details')).body;
const vacantAt = async (side: string): Promise<string[]> =>
  (await health()).vacancies.filter((each: Body) => each.side === side).flatMap(({ gates }: Body) => gates);

/** Gates that some record can come to, as they are decided where it is of customers, and where it is of none. */
const reached = () => {
  const { registry } = app.application;
  const codes = new Set(posts(registry, { grants: [] }).map(({ gate }) => gate));
  return [...registry.gates.values()]
    .filter(({ code }) => codes.has(code))
    .flatMap((gate) => (gate.internally ? [gate, gateFor(gate, [])] : [gate]));
};
const isOf = (side: string) => (gate: { side: string }) => gate.side === side;

it('is told of every gate while nobody holds its role, of the provider and of each customer, and of none once somebody does', async () => {
  const quay = await app.customer('Quay');
  const codesOf = (side: string) =>
    reached()
      .filter(isOf(side))
      .map(({ code }) => code)
      .toSorted();
  expect((await vacantAt('P')).toSorted()).toEqual(codesOf('P'));
  expect((await vacantAt('B')).toSorted()).toEqual(codesOf('B'));

  const roles = (side: string) => [
    ...new Set(
      reached()
        .filter(isOf(side))
        .map((gate) => gate.roles[0] ?? ''),
    ),
  ];
  for (const role of roles('B')) await app.person(`Of Quay ${role}`, [role], { customer: quay });
  for (const role of roles('P')) await app.person(`Provider ${role}`, [role]);
  expect(await vacantAt('B')).toEqual([]);
  // The board decides by two people.
  expect((await health()).vacancies).toMatchObject([
    { side: 'P', customer: null, roles: ['BRD'], gates: ['P12'], needed: 2, held: 1, waiting: 0, first: [] },
  ]);
  await app.person('Second of the board', ['BRD']);
  const { vacancies, warnings } = await health();
  expect([vacancies, warnings.filter(({ code }: Body) => code === 'health.no-decider')]).toEqual([[], []]);
});

it('warns of what waits for a role that nobody holds now; the gate tells the same as the reason', async () => {
  const pier = await app.customer('Pier');
  const owner = await app.person('Pia Pier', ['BOW'], { customer: pier });
  const reader = await app.person('Udo Pier', ['USR'], { customer: pier });
  for (const role of ['BEX', 'CUS', 'VER']) await app.person(`Of Pier ${role}`, [role], { customer: pier });
  const need = { title: 'Slots', statement: 'Two hours.', trigger: 'market', priority: 'must' };
  const { id, ref } = await owner.create('business-requirements', need);
  await owner.create('outcomes', { title: 'O', requirement: id, statement: 'O.', measure: 'm', unit: '%' });
  await owner.move('business-requirements', id, 'analyse');
  const page = async () => (await reader.get(`/gates/G1/${id}`)).body;
  expect(await page()).toMatchObject({ waitsForDecider: false, missingRoles: [] });

  // Its last day came: no door that would ask who stays.
  await app.database.ownerPool.query(
    `update core.role_grant set valid_to = now() - interval '20 years' where person = $1`,
    [owner.id],
  );
  const missing = { side: 'B', customer: pier, roles: ['BOW'], needed: 1, held: 0 };
  expect(await page()).toMatchObject({ waitsForDecider: true, missingRoles: [missing], names: { [pier]: 'Pier' } });
  const { vacancies, warnings } = await health();
  expect(vacancies).toMatchObject([
    {
      ...missing,
      customerTitle: 'Pier',
      gates: ['G1', 'G11'],
      waiting: 1,
      first: [{ gate: 'G1', ref, title: 'Slots' }],
    },
  ]);
  expect(warnings.filter(({ code }: Body) => code === 'health.no-decider')).toMatchObject([
    {
      sentence: `A decision waits for somebody of Pier as Business requirement and outcome owner, and nobody is that: G1 ${ref}.`,
      hint: 'Its own administrator gives the role to somebody.',
    },
  ]);
  await app.person('Paul Pier', ['BOW'], { customer: pier });
  expect((await health()).vacancies).toEqual([]);
  expect(await page()).toMatchObject({ waitsForDecider: false, missingRoles: [] });
});

it('a change before the board waits for a decider while only one of it is there', async () => {
  await app.database.ownerPool.query(
    `update core.role_grant set state = 'revoked' where role = 'BRD' and id = (select max(id::text)::uuid from core.role_grant where role = 'BRD')`,
  );
  const raiser = await app.person('Sol Owner', ['SOW', 'TRM']);
  const manager = await app.person('Cho Manager', ['CHM']);
  const cove = await app.customer('Cove');
  const service = (await takenOver(raiser, { title: 'Slots', customers: [cove] })).id;
  const { id } = await raiser.create('changes', {
    title: 'Show slots at once',
    reason: 'Slots are shown late.',
    benefit: 'At once.',
    risks: 'A wrong slot.',
    resources: 'Two builders.',
    relationships: 'None.',
    agreementImpact: 'None.',
    backOutPlan: 'The previous build.',
    testPlan: 'The suite.',
    impact: 3,
    likelihood: 3,
    customers: [],
    service,
    responsible: raiser.id,
    links: [{ type: 'relatesTo', to: service }],
  });
  await raiser.move('changes', id, 'submit');
  await manager.move('changes', id, 'assess');
  await manager.move('changes', id, 'ask-board');
  expect((await manager.get(`/gates/P12/${id}`)).body).toMatchObject({
    waitsForDecider: true,
    missingRoles: [{ side: 'P', customer: null, roles: ['BRD'], needed: 2, held: 1 }],
  });
  expect((await health()).vacancies).toContainEqual(expect.objectContaining({ gates: ['P12'], waiting: 1 }));
});

it('of several customers is told only under those whose word is awaited', async () => {
  const { of, quay, pier, cove, offered, designed, byQuay, without } = await severalCustomers(app);
  const { design } = await designed(byQuay());
  const pack = await offered({});
  await pier.decide('G2', pack);
  expect((await without(cove, 'G2', pack)).status).toBe(201);
  await app.database.ownerPool.query(
    `update core.role_grant set valid_to = now() - interval '20 years' where person = any($1)`,
    [[quay.id, pier.id, cove.id]],
  );
  const refOf = async (path: string, id: string) => (await administrator.get(`/${path}/${id}`)).body.record.ref;
  const told = (await health()).vacancies.flatMap(({ customer, first }: Body) =>
    customer === null ? [] : first.map((each: Body) => [customer, each.gate, each.ref]),
  );
  expect(told.toSorted()).toEqual([
    [of.quay, 'G2', await refOf('service-packages', pack)],
    [of.quay, 'G3', await refOf('design-packages', design)],
  ]);
});
