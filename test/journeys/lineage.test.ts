import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { agreedRequirement, castOf } from '../support/thread.ts';
import type { Cast, Requirement } from '../support/thread.ts';
import type { Body, Client } from '../support/client.ts';

let app: TestApplication;
let cast: Cast;
let need: Requirement;
let foreigner: Client;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  need = await agreedRequirement(cast);
  foreigner = await app.person('Fay Other', ['BOW'], { customer: await app.customer('Elsewhere') });
});
afterAll(() => app.close());

const before = async (move: string): Promise<string> => {
  const { body } = await cast.owner.get(`/records/${need.id}/journal?limit=50`);
  const at = body.items.find((entry: Body) => entry.move === move).occurredAt;
  return new Date(Date.parse(at) - 1).toISOString();
};

describe('the decisions of a lineage', () => {
  it('are found from any of its records, with who decided and for whom', async () => {
    const { body } = await cast.owner.get(`/records/${need.outcome}/lineage-decisions`);
    expect(body.items).toMatchObject([
      {
        gate: 'G1',
        outcome: 'approve',
        side: 'B',
        role: 'BOW',
        ended: null,
        editedSince: false,
        subject: { id: need.id },
      },
    ]);
    expect(body.names[body.items[0].decidedBy]).toBeTypeOf('string');
  });

  it('are none before the first was made', async () => {
    const { body } = await cast.owner.get(`/records/${need.id}/lineage-decisions?asOf=${await before('agree')}`);
    expect(body.items).toEqual([]);
  });

  it('are not for another customer', async () => {
    expect((await foreigner.get(`/records/${need.id}/lineage-decisions`)).status).toBe(404);
  });
});

describe('the thread as of an instant', () => {
  it('shows records in the states they had then', async () => {
    app.clock.advance(3_600_000);
    const { body } = await cast.owner.get(`/business-requirements/${need.id}`);
    await cast.owner.post(`/business-requirements/${need.id}/moves/withdraw`, {
      expectedVersion: body.record.version,
      reason: 'The need is gone.',
    });
    const stateIn = async (query: string) =>
      (await cast.owner.get(`/records/${need.id}/thread${query}`)).body.nodes.find(
        (node: Body) => node.header.id === need.id,
      ).header.state;
    expect(await stateIn('')).toBe('withdrawn');
    expect(await stateIn(`?asOf=${await before('withdraw')}`)).toBe('agreed');
  });
});
