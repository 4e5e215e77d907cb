// The thread through time: one stop for each day on which a link was made, the last one is now.
import { useId } from 'react';
import type { Thread } from '../contract.ts';
import { formatDate } from '../format.ts';
import { stopsOf } from './stops.ts';
import styles from './thread.module.css';

function added(thread: Thread, at: string): string {
  const made = thread.edges.filter((edge) => edge.at.slice(0, 10) === at.slice(0, 10));
  const first = made[0];
  if (!first) return '';
  const ref = (id: string) => thread.nodes.find(({ header }) => header.id === id)?.header.ref ?? '';
  const more = made.length > 1 ? ` and ${made.length - 1} more` : '';
  return `${ref(first.from)} ${first.label} ${ref(first.to)}${more}`;
}

export function TimeSlider({
  thread,
  since,
  asOf,
  onMove,
}: {
  /** The thread of now. */
  thread: Thread;
  /** When the record that the page is about was made: there is nothing to show of before. */
  since: string;
  asOf: string | null;
  onMove: (asOf: string | null) => void;
}) {
  const id = useId();
  const stops = stopsOf(thread.edges, since);
  if (stops.length < 2) return null;
  const index = asOf === null ? stops.length : stops.filter((stop) => stop <= asOf).length - 1;
  const at = stops[Math.max(0, index)];
  const words = asOf === null || at === undefined ? 'Now' : `${formatDate(at)}: ${added(thread, at)}`;
  return (
    <div className={styles.time}>
      <label htmlFor={id}>As of</label>
      <input
        id={id}
        type="range"
        min={0}
        max={stops.length}
        step={1}
        value={Math.max(0, index)}
        aria-valuetext={words}
        onChange={(slide) => onMove(stops[Number(slide.currentTarget.value)] ?? null)}
      />
      <output htmlFor={id}>{words}</output>
    </div>
  );
}
