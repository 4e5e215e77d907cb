// A metric over time: the chart, what it says, its formula and its records, and every value as a row.
import { SegmentedControl } from '@mantine/core';
import { queryOf } from '../../../core/ui/api.ts';
import { formatDay, formatNumber, formatValue, inWords } from '../../../core/ui/format.ts';
import { Go, useParam, useSearch } from '../../../core/ui/go.tsx';
import { usePageTitle } from '../../../core/ui/page-title.ts';
import { useAnswer } from '../../../core/ui/queries.ts';
import { EmptyPlace, RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { ToneWord } from '../../../core/ui/tone.tsx';
import type { Chart, Series } from './chart-layout.ts';
import { ControlChart } from './control-chart.tsx';
import styles from './chart.module.css';
import { querySpanning } from './records-layout.ts';

const grains = [
  { value: 'day', label: 'Days' },
  { value: 'week', label: 'Weeks' },
];
const verdictTones = { predictable: 'good', signals: 'attention' } as const;

function Verdict({ chart }: { chart: Chart }) {
  const known = Object.entries(verdictTones).find(([verdict]) => verdict === chart.verdict);
  const word =
    chart.verdict === 'signals'
      ? `${chart.signals.length} ${chart.signals.length === 1 ? 'signal' : 'signals'}: not chance alone`
      : inWords(chart.verdict);
  return (
    <span className={styles.verdict}>
      <ToneWord tone={known?.[1] ?? 'unknown'} word={word} boxed />
      {chart.reason && <span className="quiet">{chart.reason}</span>}
    </span>
  );
}

function Values({ series, grain }: { series: Series; grain: 'day' | 'week' }) {
  const { records } = series;
  const { unit } = series.metric;
  return (
    <details className={styles.values}>
      <summary>All {series.points.length} values as a table</summary>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Value</th>
            <th scope="col">n</th>
            <th scope="col">Signal</th>
          </tr>
        </thead>
        <tbody>
          {series.points.toReversed().map((point) => (
            <tr key={point.at}>
              <td>{formatDay(point.at)}</td>
              <td>{formatValue(point.value, unit)}</td>
              <td>
                {records ? (
                  <Go to={`/${records.path}?${querySpanning(records.query, point.at, grain)}`}>{point.n ?? '–'}</Go>
                ) : (
                  (point.n ?? '–')
                )}
              </td>
              <td>
                {series.chart.signals.find((each) => each.at === point.at)?.rule ?? <span className="quiet">–</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Facts({ series }: { series: Series }) {
  const { metric, chart, records, points } = series;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>Formula</dt>
        <dd>
          <code>{metric.formula}</code>
        </dd>
      </div>
      <div>
        <dt>Records</dt>
        <dd>
          {records ? (
            <Go to={`/${records.path}?${records.query}`}>The records behind it</Go>
          ) : (
            <span className="quiet">It counts steps, which the journals of records show.</span>
          )}
        </dd>
      </div>
      <div>
        <dt>Better</dt>
        <dd>
          {metric.direction === 'down' ? 'less' : 'more'}
          {metric.target !== null && `, target ${formatValue(metric.target, metric.unit)}`}
          {metric.targetWhy !== null && <span className="quiet"> {metric.targetWhy}</span>}
        </dd>
      </div>
      {chart.mean !== null && (
        <div>
          <dt>Limits</dt>
          <dd>
            {formatNumber(chart.lower ?? 0)} to {formatValue(chart.upper ?? 0, metric.unit)}, mean{' '}
            {formatNumber(chart.mean)}
          </dd>
        </div>
      )}
      {chart.observedFrom && chart.observedTo && (
        <div>
          <dt>Observed</dt>
          <dd>
            {formatDay(chart.observedFrom)} to {formatDay(chart.observedTo)}, {points.length} points
          </dd>
        </div>
      )}
    </dl>
  );
}

function Signals({ series }: { series: Series }) {
  if (series.chart.signals.length === 0) return null;
  return (
    <section aria-labelledby="signals">
      <h2 id="signals">Signals</h2>
      <ul className={styles.signals}>
        {series.chart.signals.map((each) => (
          <li key={`${each.at}${each.rule}`}>
            <svg width="12" height="12" viewBox="-7 -7 14 14" aria-hidden className={styles.signal}>
              <path d="M0 -6 6 0 0 6 -6 0Z" />
            </svg>
            <time dateTime={each.at}>{formatDay(each.at)}</time> {each.rule}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Screen() {
  const metric = useParam('metric');
  const [search, edit] = useSearch();
  const grain = search.get('grain') === 'week' ? 'week' : 'day';
  const query = queryOf({
    service: search.get('service'),
    customer: search.get('customer'),
    grain,
    from: search.get('from'),
    to: search.get('to'),
  });
  const series = useAnswer<Series>(
    ['series', metric, query],
    `/measurement/metrics/${encodeURIComponent(metric)}/series${query}`,
    { live: true },
  );
  usePageTitle(series.data?.metric.label ?? 'Metric');
  if (series.isPending)
    return (
      <>
        <h1 className="visually-hidden">Metric</h1>
        <Waiting what="Loading the series" />
      </>
    );
  if (series.isError)
    return (
      <>
        <h1>Metric</h1>
        <RefusedPlace error={series.error} again={() => series.refetch()} />
      </>
    );
  const { data } = series;
  return (
    <article>
      <p className={styles.crumb}>
        <Go to={`/measurement${queryOf({ service: search.get('service') })}`}>Twelve cells</Go>
      </p>
      <div className={styles.head}>
        <div>
          <h1>{data.metric.label}</h1>
          <p className="quiet">{data.metric.question}</p>
        </div>
        <SegmentedControl
          size="xs"
          aria-label="Grain"
          data={grains}
          value={grain}
          onChange={(next) => edit({ grain: next === 'day' ? null : next })}
        />
      </div>
      <Verdict chart={data.chart} />
      {data.points.length === 0 ? (
        <EmptyPlace sentence={`No data: ${data.chart.reason ?? 'nothing was measured in this time.'}`} />
      ) : (
        <ControlChart
          points={data.points}
          chart={data.chart}
          target={data.metric.target}
          unit={data.metric.unit}
          label={data.metric.label}
        />
      )}
      <div className={styles.below}>
        <Facts series={data} />
        <Signals series={data} />
      </div>
      {data.points.length > 0 && <Values series={data} grain={grain} />}
    </article>
  );
}
