// Every approval at every gate can be taken back by who gave it, until its effect has begun. Its kind: a way forward that has no way
// back though nothing was built on it yet. Generated over all gates and record types from the registry.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistry } from '../../app/server/registry.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body } from '../support/client.ts';
import { exploredScene } from '../support/exploration.ts';
import type { Scene } from '../support/exploration.ts';
import { groundOn } from '../support/matrix/ground.ts';
import type { Ground } from '../support/matrix/ground.ts';
import type { Planted } from '../support/planted.ts';
import { creations } from '../support/walk-creations.ts';

const { records, gates } = createRegistry();
const decided = [...records.values()].flatMap(({ definition: { type, lifecycle } }) =>
  Object.entries(lifecycle.moves).flatMap(([name, move]) =>
    move.gate && move.on === 'approve' ? [{ type, name, gate: move.gate, move, lifecycle }] : [],
  ),
);
const withdrawals = [...records.values()].flatMap(({ definition: { type, lifecycle } }) =>
  Object.entries(lifecycle.moves).flatMap(([name, move]) =>
    move.on === 'withdraw' && move.gate ? [{ type, name, gate: move.gate, move }] : [],
  ),
);

describe('an approval', () => {
  it.each(decided)('at $gate of $type leads back to where it was decided, or says what is done instead', (each) => {
    const { gate, move, lifecycle } = each;
    const back = Object.values(lifecycle.moves).filter(({ on, gate: at }) => on === 'withdraw' && at === gate);
    if (move.atOnce !== undefined) {
      expect(back).toEqual([]);
      expect(move.atOnce).toMatch(/^[A-Z].*\.$/);
      return;
    }
    expect(back).toHaveLength(1);
    expect(back.map(({ from }) => from)).toEqual([[move.to]]);
    expect(move.from).toContain(back[0]?.to);
    // Whoever decides there withdraws there.
    expect(back[0]?.who).toEqual(move.who);
  });

  it('is decided at every gate but the one that is bound to no record yet', () => {
    const standing = [...records.values()].flatMap(({ definition }) => Object.keys(definition.lifecycle.stands ?? {}));
    const found = new Set([...decided.map(({ gate }) => gate), ...standing]);
    expect([...gates.keys()].filter((code) => !found.has(code))).toEqual(['G6']);
  });
});

/** A record as it is arranged: only its id and type matter here. */
const planted = (id: string, type: string): Planted => ({ id, type, ref: '', word: '', audience: 'own' });

describe('through the API', () => {
  let app: TestApplication;
  let scene: Scene;
  let ground: Ground;
  beforeAll(async () => {
    app = await createTestApplication({ witnessed: false });
    scene = await exploredScene(app);
    ground = groundOn(app, () => [], { near: '', far: '', desk: scene.provider.id });
  }, 300_000);
  afterAll(() => app.close());

  it.each(withdrawals)('$gate of $type is withdrawn where it led to, with a reason, and ended', async (each) => {
    const { type, gate, move } = each;
    const [found] = await scene.all(type);
    const id = found ?? (await creations[type]?.(scene)) ?? '';
    const side = gates.get(gate)?.side ?? 'P';
    const [before = ''] = move.from;
    await ground.state({ id, type }, before);
    await ground.approved(gate, planted(id, type), side);
    const [mine, other] = side === 'B' ? [scene.business, scene.provider] : [scene.provider, scene.business];
    const back = { outcome: 'withdraw', reason: 'We were too quick.' };
    expect((await other.tryDecide(gate, id, back)).status).toBeGreaterThan(399);
    expect((await mine.tryDecide(gate, id, { ...back, reason: ' ' })).status).toBe(422);
    const page = (await mine.get(`/gates/${gate}/${id}`)).body;
    expect(page.outcomes.filter(({ outcome }: Body) => outcome === 'withdraw')).toMatchObject([{ label: move.label }]);
    await mine.decide(gate, id, back);
    const after = (await mine.get(`/gates/${gate}/${id}`)).body;
    expect(after.subject.state).toBe(move.to);
    expect(after.decisions.filter((one: Body) => one.gate === gate).map(({ basis }: Body) => basis)).toContain(
      'revoked',
    );
    expect((await mine.tryDecide(gate, id, back)).body.code).toBe('decision.nothing-to-withdraw');
  });

  it.each(decided.filter(({ move }) => move.atOnce !== undefined))(
    '$gate of $type is not withdrawn, for its effect begins with it, and the answer says what is done instead',
    async ({ type, gate, move }) => {
      const [found] = await scene.all(type);
      const id = found ?? (await creations[type]?.(scene)) ?? '';
      const side = gates.get(gate)?.side ?? 'P';
      await ground.state({ id, type }, move.to);
      await ground.approved(gate, planted(id, type), side);
      const mine = side === 'B' ? scene.business : scene.provider;
      const late = await mine.tryDecide(gate, id, { outcome: 'withdraw', reason: 'We were too quick.' });
      expect([late.status, late.body.refusals]).toMatchObject([
        409,
        [{ code: 'decision.not-withdrawable', hint: move.atOnce }],
      ]);
    },
  );
});
