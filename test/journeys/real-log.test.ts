// The example with the event log of a real incident process: every figure, limit and sentence that it tells otherwise than it did
// before is printed as it was, as it is, and with the reason. A difference without a reason fails, and a reason without a difference.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf } from '../../examples/harbour/log.ts';
import { verify } from '../../core/journal/verify.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import { headlinesOf, saidBy } from '../support/headlines.ts';
import type { Headlines } from '../support/headlines.ts';
import { playedExample } from '../support/played.ts';
import { reasons } from './real-log-reasons.ts';

const root = join(import.meta.dirname, '../..');
const log = ['../shared/data', '../../shared/data']
  .map((each) => join(root, each, 'event-log/incident_event_log.csv.xz'))
  .find((path) => existsSync(path));
const isWide = process.env['WIDE'] === '1';
const skipped = log
  ? isWide
    ? ''
    : ' (skipped: WIDE=1 runs it)'
  : ' (skipped: the log lies in ../shared/data, and is not there)';

// Written once, from what the example told before: see the reasons for what has become of it.
const before = JSON.parse(readFileSync(join(import.meta.dirname, 'real-log.json'), 'utf8')) as Headlines;

let app: TestApplication;
let now: Headlines;

interface Difference {
  place: string;
  was: Headlines[string];
  is: Headlines[string];
  reason: string | undefined;
}

/** Every place that is not what it was, with its reason. */
function differences(): Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((place) => before[place] !== now[place])
    .map((place) => ({
      place,
      was: before[place] ?? '(nothing)',
      is: now[place] ?? '(nothing)',
      reason: reasons.find(({ of }) => of.test(place))?.because,
    }));
}

describe.skipIf(!log || !isWide)(`the example with the real log${skipped}`, () => {
  beforeAll(async () => {
    app = await createTestApplication({ startAt: new Date().toISOString() });
    const { told, as, broken } = await playedExample(app, logOf(log, app.keysFolder));
    expect(broken).toBe(0);
    const manager = await as('Cleo Sinclair');
    await app.settle();
    for (const job of ['moves-by-themselves', 'measurement-detections']) await app.runJob(job);
    await manager.post('/measurement/rollups/catch-up');
    now = {
      ...(await headlinesOf(async (path) => {
        const { status, body } = await manager.get(path);
        expect([path, status]).toEqual([path, 200]);
        return body;
      })),
      ...saidBy(told),
    };
  }, 900_000);
  afterAll(() => app.close());

  it('has 24,918 incidents', async () => {
    const { rows } = await app.database.ownerPool.query<{ n: number }>(
      "select count(*)::int as n from core.record where type = 'incident' and created_at < '2017-03-01'",
    );
    expect(rows[0]?.n).toBe(24_918);
  });

  it('tells what it told before, or why it does not', () => {
    const found = differences();
    for (const { place, was, is, reason } of found)
      console.log(`${place}\n  was  ${was}\n  is   ${is}\n  ${reason ?? 'WITHOUT A REASON'}`);
    expect(found.filter(({ reason }) => reason === undefined)).toEqual([]);
    expect(reasons.filter(({ of }) => !found.some(({ place }) => of.test(place))).map(({ of }) => String(of))).toEqual(
      [],
    );
  });

  it('is proven by its journal', async () => {
    expect((await verify(app.database.ownerPool, app.application.registry, app.keysFolder)).differences).toEqual([]);
  }, 300_000);
});

it.skipIf(log && isWide)(`the example with the real log tells its differences${skipped}`, () => undefined);
