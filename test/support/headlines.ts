// What the example tells of its operation, as a flat list of places with their values: to be compared with what it told before.
import { createHash } from 'node:crypto';
import type { Body } from './client.ts';

export type Headlines = Record<string, string | number | boolean | null>;

const grains = ['day', 'week', 'month'] as const;
/** Figures are told to six digits: what differs beyond is the machine's arithmetic. */
const shown = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)));

/** `get` reads a path below /api/v1 as somebody of the provider who sees everything. */
export async function headlinesOf(get: (path: string) => Promise<Body>): Promise<Headlines> {
  const all = async (path: string): Promise<Body[]> => {
    const items: Body[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Body = await get(`/${path}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  };
  const records = async (path: string): Promise<Body[]> => {
    const read = await Promise.all((await all(path)).map(({ id }) => get(`/${path}/${id}`)));
    return read.map(({ record }) => record).toSorted((one, other) => one.number - other.number);
  };
  const [service] = await all('services');
  return {
    ...(await ofMetrics(get, service.id)),
    ...ofMatrix((await get(`/measurement/matrix?service=${service.id}`)).cells),
    ...ofOverview(await get(`/services/${service.id}/overview`)),
    ...ofLoop(await get('/loop')),
    ...ofPerformances(await records('service-performances')),
    ...ofFields(await records('improvements'), [
      'title',
      'state',
      'description',
      'metric',
      'unit',
      'baselineValue',
      'targetValue',
      'detector',
    ]),
    ...ofFields(await records('outcomes'), [
      'title',
      'unit',
      'baseline',
      'target',
      'latest',
      'attainment',
      'attainedPeriods',
      'missedPeriods',
    ]),
    ...ofFields(await records('outcome-measurements'), ['title', 'value', 'source', 'evidence']),
    ...ofThread(await get(`/records/${service.id}/thread`)),
  };
}

async function ofMetrics(get: (path: string) => Promise<Body>, service: string): Promise<Headlines> {
  const told: Headlines = {};
  for (const { id, formula, unavailable } of (await get('/measurement/metrics')).items) {
    told[`metric ${id}`] = unavailable ?? formula;
    if (unavailable) continue;
    for (const grain of grains) {
      const { points, chart }: Body = await get(`/measurement/metrics/${id}/series?service=${service}&grain=${grain}`);
      const series: [string, number, number | null][] = points.map(({ at, n, value }: Body) => [
        at.slice(0, 10),
        n,
        shown(value),
      ]);
      if (!series.length) continue;
      const place = `metric ${id} ${grain}`;
      const cases = series.reduce((sum, [, n]) => sum + n, 0);
      told[place] = `${series.length} points, n ${cases} (${fingerprint(series)})`;
      if (grain === 'month')
        for (const [day, n, value] of series) told[`${place} ${day.slice(0, 7)}`] = `${value} (n ${n})`;
      if (chart.mean === null) continue;
      const [mean, lower, upper, step] = [chart.mean, chart.lower, chart.upper, chart.rangeLimit].map(shown);
      told[`${place} limits`] = `${mean} (${lower} to ${upper}), step ${step}`;
      told[`${place} signals`] = chart.signals.length;
    }
  }
  return told;
}

const fingerprint = (of: unknown) => createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 12);

const ofMatrix = (cells: Body[]): Headlines =>
  Object.fromEntries(
    cells.map(({ object, quality, metric, value, n, status, reason }) => [
      `matrix ${object} ${quality}`,
      `${metric?.id}: ${value === null ? reason : `${shown(value)} (n ${n}), ${status}`}`,
    ]),
  );

const ofOverview = ({ status, value, incidents, outcomes }: Body): Headlines => ({
  'overview status': status,
  'overview value': shown(value?.attainment ?? null),
  'overview incidents': `${incidents.open} open, ${incidents.last30} in 30 days`,
  ...Object.fromEntries(
    outcomes.map(({ header, latest, attainment }: Body) => [
      `overview ${header.ref}`,
      `${shown(latest)}, ${shown(attainment)}`,
    ]),
  ),
});

const ofLoop = ({ stages, gates, backEdges }: Body): Headlines => ({
  ...Object.fromEntries(stages.map(({ stage, count }: Body) => [`loop ${stage}`, count])),
  ...Object.fromEntries(gates.map(({ gate, waiting }: Body) => [`loop waiting at ${gate}`, waiting])),
  ...Object.fromEntries(backEdges.map(({ from, to, count }: Body) => [`loop back ${from} ${to}`, count])),
});

const performanceFields = [
  'logged',
  'restored',
  'openAtEnd',
  'targetMet',
  'targetMissed',
  'notMeasurable',
  'medianRestoreMinutes',
  'reopened',
  'handedOverTwice',
];

const ofPerformances = (records: Body[]): Headlines =>
  Object.fromEntries(
    records.flatMap(({ fields }) =>
      performanceFields.map((name) => [
        `performance ${fields.periodFrom.slice(0, 7)} ${fields.edition} ${name}`,
        typeof fields[name] === 'number' ? shown(fields[name]) : (fields[name] ?? null),
      ]),
    ),
  );

const ofFields = (records: Body[], names: readonly string[]): Headlines =>
  Object.fromEntries(
    records.flatMap(({ ref, title, state, fields }) =>
      names.map((name) => {
        const value = name === 'title' ? title : name === 'state' ? state : (fields[name] ?? null);
        return [`${ref} ${name}`, typeof value === 'number' ? shown(value) : value];
      }),
    ),
  );

function ofThread({ nodes, edges }: Body): Headlines {
  const refs = new Map<string, string>(nodes.map(({ header }: Body) => [header.id, header.ref]));
  return {
    ...Object.fromEntries(
      nodes.map(({ header }: Body) => [`thread ${header.ref}`, `${header.title}: ${header.state}`]),
    ),
    ...Object.fromEntries(
      edges.map(({ from, to, type, state }: Body) => [
        `thread ${refs.get(from)} ${type} ${refs.get(to)}`,
        state ?? 'current',
      ]),
    ),
  };
}

/** What the example says in a terminal, line by line, without what is different each time. */
export const saidBy = (lines: readonly string[]): Headlines =>
  Object.fromEntries(
    lines
      .flatMap((line) => line.split('\n'))
      .filter((line) => line.trim() && !/^Example: |^Operation: | of [\d,]+ rows$|^ {2}In \d{4}-/.test(line))
      .map((line) => [`says "${line.trim().replaceAll(/ {2,}/g, '  ')}"`, true]),
  );
