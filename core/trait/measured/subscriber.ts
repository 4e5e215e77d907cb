// Keeps the fact of every measured record from the record itself and the clock that counts.
import type { JournalEntry } from '../../journal/format/entry.ts';
import type { JournalSubscriber } from '../../journal/subscriber.ts';
import type { Application } from '../../record/define/work.ts';
import { clocksOfMany } from '../clocks/store.ts';
import { measuredOf } from './measured.ts';
import type { Measured } from './measured.ts';
import { minutesOfClocks } from './minutes.ts';
import { coursesOf, keepFact } from './store.ts';

/** Keeps the fact of every record that was touched. What was observed elsewhere has its fact from the import. */
export const factSubscriber: JournalSubscriber = {
  name: 'trait.measured',
  take: async ({ pool, registry }, entries) => {
    const touched = Map.groupBy(
      entries.filter(({ kind }) => kind !== 'observed'),
      ({ recordType }) => recordType,
    );
    for (const measured of measuredOf(registry.records.values()))
      await keepFactsOf(pool, measured, touched.get(measured.definition.type) ?? []);
  },
};

async function keepFactsOf(
  pool: Application['pool'],
  measured: Measured,
  entries: readonly JournalEntry[],
): Promise<void> {
  if (!entries.length) return;
  const courses = await coursesOf(pool, measured, [...new Set(entries.map(({ recordId }) => recordId))]);
  const { clock } = measured.trait;
  for (const [providerId, group] of Map.groupBy(courses, (course) => course.providerId)) {
    const records = group.map(({ recordId }) => recordId);
    const clocks = await clocksOfMany(pool, providerId, records);
    for (const { providerId: _, ...course } of group) {
      const own = clocks.get(course.recordId) ?? [];
      const hasClock = own.some(({ kind }) => kind === clock);
      await keepFact(pool, providerId, { fact: { ...course, ...minutesOfClocks(own, clock) }, measured: hasClock });
    }
  }
}
