import { exactInstant, formatAge, formatDate, formatInstant } from './format.ts';

/** A moment; hovering shows the exact instant with its zone. */
export function When({ at, as = 'age' }: { at: string; as?: 'age' | 'instant' | 'date' }) {
  const words = as === 'age' ? formatAge(at) : as === 'date' ? formatDate(at) : formatInstant(at);
  return (
    <time dateTime={at} title={exactInstant(at)}>
      {words}
    </time>
  );
}
