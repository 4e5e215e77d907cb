import { formatNumber } from '../format.ts';
import { WordsDialog } from '../words-dialog.tsx';
import type { Run } from './contract.ts';
import styles from './import.module.css';

const count = (number: number, one: string, many: string) => `${formatNumber(number)} ${number === 1 ? one : many}`;

/** Tells what goes before it goes. */
export function TakeBackDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  return (
    <WordsDialog
      title={`Take back ${run.fileName}`}
      draft={`take-back.${run.id}`}
      asks={{ label: 'Why', name: 'reason' }}
      path={`/imports/${run.id}/take-back`}
      send={{ label: 'Take it back', isGrave: true }}
      done="The import is taken back."
      refused="Not taken back"
      onClose={onClose}
    >
      <ul className={styles.consequences}>
        <li>
          {count(run.made, 'record is', 'records are')} shown nowhere any more
          {run.parties > 0 && (
            <>, nor {count(run.parties, 'person, team or component', 'people, teams and components')}</>
          )}
          .
        </li>
        <li>Figures are counted without them, and their keys are free to be imported again.</li>
        <li>The journal keeps both: what was brought in, and that you took it back.</li>
        <li>It is refused as soon as somebody has worked on one of them.</li>
      </ul>
    </WordsDialog>
  );
}
