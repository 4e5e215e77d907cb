import { exactInstant, formatAge, formatDate, formatInstant, formatWait, useClock } from './format.ts';

/** A moment; hovering shows the exact instant with its zone. */
export function When({ at, as = 'age' }: { at: string; as?: 'age' | 'instant' | 'date' }) {
  useClock();
  const words = as === 'age' ? formatAge(at) : as === 'date' ? formatDate(at) : formatInstant(at);
  return (
    <time dateTime={at} title={exactInstant(at)}>
      {words}
    </time>
  );
}

/** How long something has been waiting. */
export function Waited({ since }: { since: string }) {
  useClock();
  return (
    <time dateTime={since} title={exactInstant(since)}>
      {formatWait(since)}
    </time>
  );
}
