import { formatShare, formatValue } from '../../../core/ui/format.ts';
import { Go } from '../../../core/ui/go.tsx';
import { usePathOf } from '../../../core/ui/registry.ts';
import { EmptyPlace } from '../../../core/ui/states.tsx';
import { ToneWord } from '../../../core/ui/tone.tsx';
import { When } from '../../../core/ui/when.tsx';
import type { ServiceOutcome } from './overview.ts';
import styles from './service-page.module.css';

const clamp = (share: number) => Math.max(0, Math.min(1.1, share));

/** From baseline to target with the newest measurement on the way. */
function Way({ attainment }: { attainment: number }) {
  const width = 120;
  const at = clamp(attainment) * (width / 1.1);
  const target = width / 1.1;
  return (
    <svg width={width + 8} height={16} aria-hidden>
      <path d={`M4 8H${width + 4}`} className={styles.wayLine} />
      <path d={`M4 8H${4 + at}`} className={styles.wayDone} />
      <path d={`M${4 + target} 2V14`} className={styles.wayTarget} />
      <circle cx={4 + at} cy={8} r={4} className={styles.wayAt} />
    </svg>
  );
}

function Attained({ outcome }: { outcome: ServiceOutcome }) {
  if (outcome.attainment === null || outcome.latest === null)
    return <ToneWord tone="unknown" word="Not measured yet" />;
  const tone = outcome.attainment >= 1 ? 'good' : outcome.attainment >= 0.8 ? 'attention' : 'bad';
  return (
    <span className={styles.attained}>
      <Way attainment={outcome.attainment} />
      <span className={styles.words}>
        <ToneWord tone={tone} word={formatShare(outcome.unclamped ?? outcome.attainment)} />
        {outcome.unclamped !== null && outcome.unclamped !== outcome.attainment && (
          <span className="quiet">weighed as {formatShare(outcome.attainment)}</span>
        )}
      </span>
    </span>
  );
}

const figure = (value: number | null, unit: string | null) =>
  value === null ? <span className="quiet">–</span> : formatValue(value, unit);

/** What was promised and what operation shows, outcome by outcome. */
export function OutcomesTable({ outcomes }: { outcomes: readonly ServiceOutcome[] }) {
  const pathOf = usePathOf();
  if (outcomes.length === 0)
    return (
      <EmptyPlace sentence="Here stands what was promised beside what is measured. This service has no outcome yet." />
    );
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Outcomes">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">Baseline</th>
            <th scope="col">Target</th>
            <th scope="col">Latest</th>
            <th scope="col">Of the way</th>
            <th scope="col">Periods attained in a row</th>
            <th scope="col">Age</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((outcome) => (
            <tr key={outcome.header.id}>
              <td>
                <Go to={pathOf(outcome.header)}>
                  {outcome.header.ref} {outcome.header.title}
                </Go>
              </td>
              <td>{figure(outcome.baseline, outcome.unit)}</td>
              <td>{figure(outcome.target, outcome.unit)}</td>
              <td>
                <strong>{figure(outcome.latest, outcome.unit)}</strong>
              </td>
              <td>
                <Attained outcome={outcome} />
              </td>
              <td>{outcome.attainedInARow ?? '–'}</td>
              <td>{outcome.at ? <When at={outcome.at} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
