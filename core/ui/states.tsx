// What a place shows while it has nothing to show: waiting, refused, empty.
import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Refusal } from '../refusal/refusal.ts';
import { ApiRefusal, reasonsOf } from './api.ts';
import { wordsOf } from './refusal-words.ts';
import styles from './states.module.css';
import { useLater } from './use-later.ts';

const widths = ['72%', '54%', '63%', '47%', '68%', '58%'];

/** Lines of the size of what is coming; nothing for the first 200 ms. */
export function Waiting({ lines = 6, what = 'Loading' }: { lines?: number; what?: string }) {
  const late = useLater(true);
  return (
    <div className={styles.waiting} role="status" aria-label={what}>
      {late &&
        Array.from({ length: lines }, (_, index) => (
          <Skeleton key={index} height={12} width={widths[index % widths.length]} radius="sm" />
        ))}
    </div>
  );
}

/** What is wrong, and more quietly what to do next. */
export function RefusalWords({ refusal }: { refusal: Refusal }) {
  const { sentence, hint } = wordsOf(refusal);
  return (
    <>
      {sentence} {hint && <span className="quiet">{hint}</span>}
    </>
  );
}

export function Reasons({ refusals, title }: { refusals: readonly Refusal[]; title?: string }) {
  return (
    <div className={styles.reasons} role="alert">
      <IconAlertTriangle size={16} aria-hidden className={styles.sign} />
      <div>
        {title && <strong>{title}</strong>}
        <ul>
          {refusals.map((each, index) => (
            <li key={`${each.code}${index}`}>
              <RefusalWords refusal={each} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

interface RefusedPlaceProps {
  error: unknown;
  again?: () => void;
  /** Another way on. */
  children?: ReactNode;
}

/** A place the server would not fill, with its reasons and a way on. */
export function RefusedPlace({ error, again, children }: RefusedPlaceProps) {
  // What is not there is not there the next moment either.
  const isMissing = error instanceof ApiRefusal && error.status === 404;
  return (
    <div className={styles.place}>
      <Reasons refusals={reasonsOf(error)} title="This cannot be shown" />
      {children}
      {again && !isMissing && (
        <Button variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={again}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** One sentence and one action. */
export function EmptyPlace({ sentence, children }: { sentence: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{sentence}</p>
      {children}
    </div>
  );
}
