import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { agreedRequirement, castOf } from '../support/thread.ts';
import type { Cast, Requirement } from '../support/thread.ts';
import type { Body } from '../support/client.ts';

let app: TestApplication;
let cast: Cast;
let need: Requirement;

beforeAll(async () => {
  app = await createTestApplication();
  cast = await castOf(app);
  need = await agreedRequirement(cast);
  await app.database.ownerPool.query(
    "update strategy.outcome set latest = 3.5, latest_at = '2026-02-28T00:00:00Z' where id = $1",
    [need.outcome],
  );
});
afterAll(() => app.close());

const measuredIn = async (path: string, id: string) =>
  (await cast.owner.get(path)).body.nodes.find((node: Body) => node.header.id === id).measured;

describe('figures of a thread', () => {
  it('stand with their unit beside the record that shows them', async () => {
    expect(await measuredIn(`/records/${need.id}/thread`, need.outcome)).toEqual({
      value: 3.5,
      unit: '%',
      at: '2026-02-28T00:00:00.000Z',
    });
  });

  it('are absent where a record shows none', async () => {
    expect(await measuredIn(`/records/${need.id}/thread`, need.id)).toBeNull();
  });
});
