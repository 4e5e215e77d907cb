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
  /** Below the line. */
  children?: ReactNode;
}

export function RecordRow({ record, beside, children }: RecordRowProps) {
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
      {children}
    </li>
  );
}
