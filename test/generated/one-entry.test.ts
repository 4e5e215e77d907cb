// Makes every act that the lifecycles name, as far as their data leads there; the witness of the test's database holds each one to
// leaving one entry on each record it altered. What only a longer story reaches is made in the module that tells it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRegistry } from '../../app/server/registry.ts';
import { exploration } from '../support/exploration.ts';
import type { Exploration } from '../support/exploration.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';

const types = [...createRegistry().records.keys()];
let app: TestApplication;
let explored: Exploration;

beforeAll(async () => {
  app = await createTestApplication();
  explored = await exploration(app);
}, 120_000);
afterAll(() => app.close());

it.each(types)('every act of %s leaves one entry on each record that it alters', async (type) => {
  await explored.walk(type);
  await explored.everyAct(type);
  const { rows } = await app.database.ownerPool.query<{ acts: number }>(
    `select count(distinct coalesce(move, kind))::int as acts
     from core.journal
     where record_type = $1`,
    [type],
  );
  expect(rows[0]?.acts).toBeGreaterThan(0);
});
