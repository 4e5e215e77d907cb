// The light profile: one person of each side takes a small service from the requirement to live operation.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setStage } from '../../app/demo/cast.ts';
import type { Cast, Stage } from '../../app/demo/cast.ts';
import type { Person } from '../../app/demo/person.ts';
import { agree, design } from '../../app/demo/strategy.ts';
import { transition } from '../../app/demo/transition.ts';
import { gates } from '../../handover/gates.ts';
import { roles } from '../../handover/roles.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { localOf } from '../support/walked.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.close());

const codesOf = (side: string) => [...roles.values()].filter((role) => role.side === side).map(({ code }) => code);

/** The same person wherever the example has one of that side; what they start is of the light profile. */
function onePersonEach({ cast }: Stage): Cast {
  const owner: Person = {
    ...cast.owner,
    create: (path, body) =>
      cast.owner.create(path, path === 'business-requirements' ? { ...body, profile: 'light' } : body),
  };
  const business: (keyof Cast)[] = ['owner', 'sponsor', 'representative', 'verifier', 'tester'];
  const kept: (keyof Cast)[] = ['administrator', 'customerAdministrator'];
  const each = (name: keyof Cast) => (business.includes(name) ? owner : cast.portfolio);
  return Object.fromEntries(
    (Object.keys(cast) as (keyof Cast)[]).map((name) => [name, kept.includes(name) ? cast[name] : each(name)]),
  ) as Cast; // every name of the cast
}

describe('one person of each side', () => {
  it('takes a light service to live; what the provider checked itself shows, and neither stands in for the other', async () => {
    const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
    const stage = await setStage(localOf(app), url, '2015-09-07T12:00:00.000Z', '2017-03-01T12:00:00.000Z');
    const { administrator, customerAdministrator, owner, portfolio } = stage.cast;
    const customer = stage.customerId;
    for (const role of codesOf('B').filter((code) => !['BOW', 'CAD'].includes(code)))
      await customerAdministrator.create('role-grants', {
        title: role,
        person: owner.id,
        role,
        customer,
        customers: [customer],
        ...(role === 'BEX' ? { limit: { minor: 50_000_000, currency: 'EUR' } } : {}),
      });
    for (const role of codesOf('P').filter((code) => !['SPM', 'ADM'].includes(code)))
      await administrator.create('role-grants', { title: role, person: portfolio.id, role });
    const small = { ...stage, cast: onePersonEach(stage) };

    const agreed = await agree(small);
    const designed = await design(small, agreed);
    await transition(small, agreed, designed);

    expect((await portfolio.get(`/service-versions/${agreed.serviceVersion}`)).record.state).toBe('live');
    const { rows } = await app.database.ownerPool.query<{
      gate: string;
      side: string;
      decided_by: string;
      self_checked: boolean;
    }>('select gate, side, decided_by, self_checked from core.decision order by occurred_at, gate');
    for (const { gate, side, decided_by: by } of rows)
      expect([gate, side, by]).toEqual([gate, gates.get(gate)?.side, side === 'B' ? owner.id : portfolio.id]);
    expect(rows.filter((each) => each.self_checked).map(({ gate }) => gate)).toEqual(
      expect.arrayContaining(['P4', 'P5', 'P6', 'P7', 'P9']),
    );
    const marked = await app.database.ownerPool.query<{ move: string }>(
      "select move from core.journal where edits ? '_selfChecked' order by move",
    );
    expect(marked.rows.map(({ move }) => move)).toEqual(['pass-tests', 'test']);
    expect(rows.filter((each) => each.self_checked && each.side === 'B')).toEqual([]);
  }, 60_000);
});
