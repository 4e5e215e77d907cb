import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../../test/support/application.ts';
import type { TestApplication } from '../../test/support/application.ts';
import type { Body, Client } from '../../test/support/client.ts';
import { agreedRequirement, castOf, charteredPackage } from '../../test/support/thread.ts';

let app: TestApplication;
let designer: Client;
let builder: Client;
let supply: Client;
let owner: Client;
let design: string;
const options = [
  { option: 'Do without', assessment: 'Nobody would know the slots.' },
  { option: 'The planner', assessment: 'It knows them already.' },
];

beforeAll(async () => {
  app = await createTestApplication();
  const cast = await castOf(app);
  ({ designer, owner } = cast);
  builder = await app.person('Bo Builder', ['BLD', 'RDM']);
  supply = await app.person('Sue Supply', ['SUP']);
  const pack = await charteredPackage(cast, await agreedRequirement(cast));
  design = (await designer.create('design-packages', { title: 'Slot design', package: pack.id, kind: 'new' })).id;
});
afterAll(() => app.close());

/** A component whose sourcing is being decided, or is decided as said. */
async function sourced(sourcing?: 'made' | 'bought' | 'reuse'): Promise<string> {
  const { id, state } = await designer.create('components', { title: 'Planner', designPackage: design });
  expect(state).toBe('planned');
  if (sourcing) await designer.move('components', id, 'decide-sourcing', { sourcing, rationale: 'The best.', options });
  return id;
}

const codes = ({ body }: { body: Body }): string[] => body.refusals.map(({ code }: Body) => code);
const stateOf = async (id: string): Promise<string> => (await designer.get(`/components/${id}`)).body.record.state;

describe('a component', () => {
  it('is not made by the business', async () => {
    expect((await owner.post('/components', { title: 'Mine', designPackage: design })).status).toBe(403);
  });

  it('is sourced only when options were compared', async () => {
    const id = await sourced();
    const answer = await designer.tryMove('components', id, 'decide-sourcing', { sourcing: 'made', rationale: 'So.' });
    expect(codes(answer)).toEqual(['component.options']);
  });

  it('that is used again is taken as it is, and in no other way', async () => {
    const id = await sourced('reuse');
    expect(codes(await builder.tryMove('components', id, 'develop'))).toEqual(['component.sourcing']);
    await designer.move('components', id, 'take-again', { artefactVersion: '4.2', artefactHash: 'a1' });
    await builder.move('components', id, 'integrate');
    await builder.move('components', id, 'interface-broken', { reason: 'The contract test fails.' });
    expect(await stateOf(id)).toBe('received');
    expect(codes(await builder.tryMove('components', id, 'rework', { reason: 'Build it.' }))).toEqual([
      'component.sourcing',
    ]);
  });

  it('that is built goes back to building with a reason', async () => {
    const id = await sourced('made');
    await builder.move('components', id, 'develop');
    expect(codes(await builder.tryMove('components', id, 'receive', { artefactVersion: '1.0' }))).toEqual([
      'component.no-hash',
    ]);
    await builder.move('components', id, 'receive', { artefactVersion: '1.0', artefactHash: 'b1' });
    expect((await builder.tryMove('components', id, 'rework')).status).toBe(422);
    await builder.move('components', id, 'rework', { reason: 'It forgets the slots.' });
    expect(await stateOf(id)).toBe('developing');
  });

  it('that is bought needs a licence and a contract in force; a rejected supplier leads back to sourcing', async () => {
    const id = await sourced('bought');
    await supply.move('components', id, 'procure', { supplier: 'Slotware' });
    expect(codes(await supply.tryMove('components', id, 'receive', { artefactVersion: '1.0' }))).toEqual([
      'component.no-licence',
      'component.contract-inactive',
    ]);
    await supply.move('components', id, 'reject-supplier', { reason: 'They ask for twice the price.' });
    expect(await stateOf(id)).toBe('sourcing');
  });
});
