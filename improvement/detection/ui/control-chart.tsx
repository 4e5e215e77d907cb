import { formatDay, formatNumber, formatValue } from '../../../core/ui/format.ts';
import { useWidth } from '../../../core/ui/use-width.ts';
import { type Chart, labelPlaces, layoutChart, type PlacedChart, type SeriesPoint } from './chart-layout.ts';
import styles from './chart.module.css';

const height = 320;

interface LevelShown {
  y: number | null;
  label: string;
  kind: 'mean' | 'limit' | 'target';
}

/** Lines across the chart, each with its label at the right. */
function Levels({ levels, chart }: { levels: readonly LevelShown[]; chart: PlacedChart }) {
  const places = labelPlaces(levels.map(({ y }) => y));
  return levels.map(({ y, label, kind }, index) =>
    y === null ? null : (
      <g key={label} className={styles[kind]}>
        <path d={`M${chart.left} ${y.toFixed(1)}H${chart.right}`} />
        <text x={chart.right + 8} y={(places[index] ?? y) + 4}>
          {label}
        </text>
      </g>
    ),
  );
}

/** A signal has another shape than a usual point, not only another colour. */
function Points({ chart, unit }: { chart: PlacedChart; unit: string | null }) {
  return chart.points.map(({ x, y, point, rule }) => (
    <g
      key={point.at}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      className={rule ? styles.signal : styles.point}
    >
      <title>{`${formatValue(point.value, unit)}, ${formatDay(point.at)}${rule ? `. ${rule}` : ''}`}</title>
      {rule ? <path d="M0 -6.5 6.5 0 0 6.5 -6.5 0Z" /> : <circle r="2.75" />}
    </g>
  ));
}

/** Individual values over time with their natural limits; what lies outside of chance is marked. */
export function ControlChart({
  points,
  chart,
  target,
  unit,
  label,
}: {
  points: readonly SeriesPoint[];
  chart: Chart;
  target: number | null;
  unit: string | null;
  label: string;
}) {
  const [place, width] = useWidth();
  const drawn = layoutChart(points, chart, target, { width: Math.max(300, width), height });
  const [first, last] = [points[0], points.at(-1)];
  return (
    <div ref={place} className={styles.place}>
      <svg
        width={Math.max(300, width)}
        height={height}
        role="img"
        aria-label={`${label}: ${points.length} points, ${chart.signals.length} signals. The table below has every value.`}
      >
        {drawn.ticks.map((tick) => (
          <g key={tick.label} className={styles.tick}>
            <path d={`M${drawn.left} ${tick.at.toFixed(1)}H${drawn.right}`} />
            <text x={drawn.left - 10} y={tick.at + 4} textAnchor="end">
              {formatNumber(tick.label)}
            </text>
          </g>
        ))}
        {drawn.upper !== null && drawn.lower !== null && (
          <rect
            x={drawn.left}
            y={drawn.upper}
            width={Math.max(0, drawn.right - drawn.left)}
            height={Math.max(0, drawn.lower - drawn.upper)}
            className={styles.band}
          />
        )}
        <Levels
          chart={drawn}
          levels={[
            { y: drawn.upper, label: `upper ${formatNumber(chart.upper ?? 0)}`, kind: 'limit' },
            { y: drawn.lower, label: `lower ${formatNumber(chart.lower ?? 0)}`, kind: 'limit' },
            { y: drawn.mean, label: `mean ${formatNumber(chart.mean ?? 0)}`, kind: 'mean' },
            { y: drawn.target, label: `target ${formatNumber(target ?? 0)}`, kind: 'target' },
          ]}
        />
        <path d={drawn.path} className={styles.line} />
        <Points chart={drawn} unit={unit} />
        {first && (
          <text x={drawn.left} y={height - 6} className={styles.date}>
            {formatDay(first.at)}
          </text>
        )}
        {last && first !== last && (
          <text x={drawn.right} y={height - 6} textAnchor="end" className={styles.date}>
            {formatDay(last.at)}
          </text>
        )}
      </svg>
    </div>
  );
}
