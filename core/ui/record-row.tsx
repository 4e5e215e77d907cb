// One record in a list of a panel: its number, its title as the way to its page, its state, and what else is said of it.
import type { ReactNode } from 'react';
import type { Header } from './contract.ts';
import { Go } from './go.tsx';
import styles from './record-row.module.css';
import { useDefinition, usePathOf } from './registry.ts';
import { StateWord } from './tone.tsx';

interface RecordRowProps {
  record: Header;
  /** Beside the state. */
  beside?: ReactNode;
  /** Words of it, as they were written. */
  text?: string | null;
  /** Below. */
  children?: ReactNode;
}

export function RecordRow({ record, beside, text, children }: RecordRowProps) {
  const definition = useDefinition(record.type);
  const pathOf = usePathOf();
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <span className="quiet small">{record.ref}</span>
        <Go to={pathOf(record)}>{record.title}</Go>
        <StateWord lifecycle={definition?.lifecycle} state={record.state} />
        {beside}
      </div>
      {text && <p className={styles.text}>{text}</p>}
      {children}
    </li>
  );
}
