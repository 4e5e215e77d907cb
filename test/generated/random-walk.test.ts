// People of both sides do what comes to their mind, fifty acts in a row, again and again: whatever they do, nothing that a
// business decided is moved, cut, faked or forgotten in silence. 60 walks; WALKS and WALK_SEED walk others.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { callsOf } from '../walk/foreign.ts';
import { groundsOf } from '../walk/grounds.ts';
import type { Grounds } from '../walk/grounds.ts';
import { inWords, together } from '../walk/tally.ts';
import type { Walked } from '../walk/walk.ts';
import { walks } from '../walk/walk.ts';

const many = Number(process.env['WALKS'] ?? 60);
/** So many go on one from the other. */
const inARow = 5;
const first = Number(process.env['WALK_SEED'] ?? 20_261_127);
const actsEach = 50;

let app: TestApplication;
let grounds: Grounds;
beforeAll(async () => {
  app = await createTestApplication({ witnessed: false });
  grounds = await groundsOf(app);
});
afterAll(async () => {
  await grounds.drop();
  await app.close();
});

describe('a random walk', () => {
  it(
    'comes to no live service that is an orphan unmarked, no business gate that counts undecided, no target other than was decided',
    async () => {
      const calls = await callsOf(app);
      const all: Walked[] = [];
      for (let seed = first; all.length < many; seed += 1) {
        all.push(
          ...(await walks(app, grounds, { seed, walks: Math.min(inARow, many - all.length), acts: actsEach, calls })),
        );
        if (all.some(({ faults }) => faults.length > 0)) break;
      }
      const told = together(all);
      console.log(inWords(told, all.length));
      expect(told.faults).toEqual([]);
      expect(told.acts).toBe(many * actsEach);
      expect(told.accepted).toBeGreaterThan(told.acts / 5);
      expect(told.checked.decisions).toBeGreaterThan(many);
    },
    60_000 + many * 20_000,
  );
});
