// The example with its own small log: what a newcomer is told must be true, and worth doing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOf } from '../../app/demo/log.ts';
import { createTestApplication } from '../support/application.ts';
import type { TestApplication } from '../support/application.ts';
import type { Body, Client } from '../support/client.ts';
import { playedExample } from '../support/played.ts';
import type { Played } from '../support/played.ts';

let app: TestApplication;
let played: Played;
let manager: Client;
let owner: Client;
const folder = mkdtempSync(join(tmpdir(), 'servicewright-example-'));

beforeAll(async () => {
  app = await createTestApplication({ startAt: new Date().toISOString() });
  played = await playedExample(app, logOf(undefined, folder));
  manager = await played.as('Cleo Sinclair');
  owner = await played.as('Bea Marsh');
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const improvements = async (): Promise<Body[]> => {
  const { items } = (await manager.get('/improvements?limit=50&sort=number')).body;
  const read = await Promise.all(items.map(({ id }: Body) => manager.get(`/improvements/${id}`)));
  return read.map(({ body }) => body).toSorted((one, other) => one.record.number - other.record.number);
};
const metricOf = async (words: string): Promise<Body> =>
  (await manager.get('/measurement/metrics')).body.items.find(({ id, label }: Body) => `${id} ${label}` === words);

describe('the example', () => {
  it('misses no link of its thread', () => {
    expect(played.broken).toBe(0);
  });

  it('finds what its log was made with: hand-overs, and the day of the outage', async () => {
    const found = (await improvements()).map(({ record }) => [record.fields.detector, record.fields.metric]);
    expect(found).toEqual([
      ['pareto', 'PE-5 Hand-overs per incident'],
      ['xmr', 'SF-4 Restored within target'],
      ['xmr', 'PE-5 Hand-overs per incident'],
    ]);
    for (const { record } of (await improvements()).slice(1))
      expect(record.fields.description).toContain('1 time of 63: 2016-04-14 (');
  });

  it('aims at a better value of the very metric that was found, wherever it aims', async () => {
    const aimed = (await improvements()).filter(({ record }) => typeof record.fields.targetValue === 'number');
    expect(aimed.map(({ record }) => record.state)).toEqual(['implementing', 'justified']);
    for (const { record } of aimed) {
      const { metric, unit, baselineValue, targetValue } = record.fields;
      const { direction, unit: own } = await metricOf(metric);
      expect(unit).toBe(own);
      expect(direction === 'up' ? targetValue > baselineValue : targetValue < baselineValue).toBe(true);
    }
  });

  it('agrees an outcome about that metric, in its unit, from its baseline to its target', async () => {
    const [first] = await improvements();
    const requirement = first.links.find(({ type }: Body) => type === 'feeds').other;
    const { links, record } = (await owner.get(`/business-requirements/${requirement.id}`)).body;
    expect(record.state).toBe('agreed');
    const outcome = links.find(({ type }: Body) => type === 'expects').other;
    const { fields, title } = (await owner.get(`/outcomes/${outcome.id}`)).body.record;
    const { metric, unit, baselineValue, targetValue } = first.record.fields;
    const { id, label } = await metricOf(metric);
    expect(title).toContain(label);
    expect(fields).toMatchObject({ unit, direction: 'lower', target: targetValue });
    expect(fields.measure).toContain(id);
    expect(fields.baseline).toBeCloseTo(baselineValue, 2);
  });
});
