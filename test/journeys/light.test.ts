// The light profile: one person of each side takes a small service from the requirement to live operation.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setScene } from '../../examples/harbour/cast.ts';
import type { Cast, Scene } from '../../examples/harbour/cast.ts';
import type { Person } from '../../examples/harbour/person.ts';
import { agree, design } from '../../examples/harbour/strategy.ts';
import { transition } from '../../examples/harbour/transition.ts';
import { gates } from '../../handover/gates.ts';
import { roles } from '../../handover/roles.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { groundOf } from '../support/walked.ts';

let app: TestApplication;
beforeAll(async () => {
  app = await createTestApplication();
});
afterAll(() => app.close());

const codesOf = (side: string) => [...roles.values()].filter((role) => role.side === side).map(({ code }) => code);

/** The same person wherever the example has one of that side, attesting in the role that the example has there; what they start is light. */
async function onePersonEach({ cast }: Scene): Promise<Cast> {
  const { administrator, customerAdministrator, owner, portfolio } = cast;
  const one: Partial<Cast> = { administrator, customerAdministrator };
  for (const [name, other] of (Object.entries(cast) as [keyof Cast, Person][]).filter(([each]) => !(each in one))) {
    const { grants } = await other.get('/me');
    const { role, side } = grants[0];
    const person = side === 'B' ? owner : portfolio;
    one[name] = {
      ...person,
      create: (path, body) =>
        person.create(path, path === 'business-requirements' ? { ...body, profile: 'light' } : body),
      attest: (of, gate, title, statement) =>
        person.post(`/records/${of}/attestations`, { gate, title, statement, role }),
    };
  }
  return one as Cast; // every name of the cast was gone through
}

describe('one person of each side', () => {
  it('takes a light service to live; what the provider checked itself shows, and neither stands in for the other', async () => {
    const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
    const stage = await setScene(groundOf(app), url, '2015-09-07T12:00:00.000Z', '2017-03-01T12:00:00.000Z');
    const { administrator, customerAdministrator, owner, portfolio } = stage.cast;
    const customer = stage.customerId;
    const cast = await onePersonEach(stage);
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
    const small = { ...stage, cast };

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
