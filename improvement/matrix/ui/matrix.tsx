import { queryOf } from '../../../core/ui/api.ts';
import { formatNumber } from '../../../core/ui/format.ts';
import { Go } from '../../../core/ui/go.tsx';
import { useAnswer } from '../../../core/ui/queries.ts';
import { RefusedPlace, Waiting } from '../../../core/ui/states.tsx';
import { ToneWord } from '../../../core/ui/tone.tsx';
import { When } from '../../../core/ui/when.tsx';
import { type Cell, cellAt, objectLabels, objects, qualities, qualityLabels, judged, sparkPath } from './cells.ts';
import styles from './matrix.module.css';
import { lookup } from '../../../core/names/lookup.ts';

const spark = { width: 96, height: 22 };
const directions: Readonly<Record<string, string>> = lookup({ up: 'more is better', down: 'less is better' });

function Filled({ cell, service }: { cell: Cell; service: string | undefined }) {
  const { metric, value } = cell;
  if (!metric || value === null) return null;
  const { tone, word } = judged(cell);
  return (
    <Go to={`/measurement/${metric.id}${queryOf({ service })}`} className={styles.link} title={metric.formula}>
      <span className={styles.metric}>{metric.label}</span>
      <span className={styles.value}>
        {formatNumber(value)}
        <span className={styles.unit}>{metric.unit === 'ratio' ? '' : metric.unit}</span>
      </span>
      <svg width={spark.width} height={spark.height + 4} aria-hidden className={styles.spark}>
        <path d={sparkPath(cell.spark, spark.width, spark.height)} transform="translate(0 2)" />
      </svg>
      <span className={styles.foot}>
        <ToneWord tone={tone} word={word} />
        <span>
          {!cell.records && `n ${formatNumber(cell.n ?? 0)}`}
          {!cell.records && cell.at && ' · '}
          {cell.at && <When at={cell.at} />}
        </span>
      </span>
      {metric.direction && (
        <span className="visually-hidden">, {directions[metric.direction] ?? metric.direction}</span>
      )}
    </Go>
  );
}

function MatrixCell({ cell, service }: { cell: Cell; service: string | undefined }) {
  const empty = !cell.metric || cell.value === null;
  return (
    <td className={styles.cell} data-empty={empty}>
      <span className={styles.cellName}>{qualityLabels[cell.quality]}</span>
      {empty ? (
        <p className={styles.empty}>
          {cell.metric && <span className={styles.metric}>{cell.metric.label}</span>}No data:{' '}
          {cell.reason ?? 'nothing is measured here yet'}
        </p>
      ) : (
        <>
          <Filled cell={cell} service={service} />
          {cell.records && (
            <Go to={`/${cell.records.path}?${cell.records.query}`} className={styles.records}>
              n {formatNumber(cell.n ?? 0)}: the records
            </Go>
          )}
        </>
      )}
    </td>
  );
}

/** Services, technology and processes by four qualities. An empty cell is shown as empty, with its reason. */
export function Matrix({ service }: { service?: string | undefined }) {
  const matrix = useAnswer<{ cells: Cell[] }>(
    ['matrix', service ?? null],
    `/measurement/matrix${queryOf({ service })}`,
    { live: true },
  );
  if (matrix.isPending) return <Waiting what="Loading the twelve cells" />;
  if (matrix.isError) return <RefusedPlace error={matrix.error} again={() => matrix.refetch()} />;
  return (
    <table className={styles.matrix}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Of</span>
          </th>
          {qualities.map((quality) => (
            <th key={quality} scope="col">
              {qualityLabels[quality]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {objects.map((object) => (
          <tr key={object}>
            <th scope="row">{objectLabels[object]}</th>
            {qualities.map((quality) => (
              <MatrixCell key={quality} cell={cellAt(matrix.data.cells, object, quality)} service={service} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
