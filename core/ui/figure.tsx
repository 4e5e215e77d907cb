import type { ReactNode } from 'react';
import styles from './figure.module.css';
import { When } from './when.tsx';

interface FigureProps {
  label: string;
  value: ReactNode | null;
  unit?: string | null /** Why there is none: shown in place of a value, never 0. */;
  reason?: string | null;
  n?: number | null;
  at?: string | null;
  children?: ReactNode;
}

/** A figure: value large, unit small, how many it rests on and how old it is. */
export function Figure({ label, value, unit, reason, n, at, children }: FigureProps) {
  return (
    <div className={styles.figure}>
      <div className={styles.label}>{label}</div>
      {value === null ? (
        <div className={styles.none}>No data{reason ? `: ${reason}` : ''}</div>
      ) : (
        <div className={styles.value}>
          {value}
          {unit && <span className={styles.unit}>{unit}</span>}
          {children}
        </div>
      )}
      {(at || (n !== undefined && n !== null)) && value !== null && (
        <div className={styles.foot}>
          {n !== undefined && n !== null && `n ${n}`}
          {n !== undefined && n !== null && at && ' · '}
          {at && <When at={at} />}
        </div>
      )}
    </div>
  );
}
