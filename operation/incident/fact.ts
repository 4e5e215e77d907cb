// The measured side of a live incident: table handover.incident_fact, kept from the incident and its restore clock.
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import { minutesOfClocks } from './minutes.ts';
import { clocksOfMany } from '../../core/trait/clocks/store.ts';
import { coursesOf, keepFact } from './store/fact.ts';

/** Keeps the fact of every incident that was touched. What was observed elsewhere has its fact from the import. */
export const incidentFactSubscriber: JournalSubscriber = {
  name: 'operation.incident-fact',
  types: ['incident'],
  take: async ({ pool }, entries) => {
    const touched = entries.filter(({ kind }) => kind !== 'observed').map(({ recordId }) => recordId);
    if (!touched.length) return;
    const courses = await coursesOf(pool, [...new Set(touched)]);
    for (const [providerId, group] of Map.groupBy(courses, (course) => course.providerId)) {
      const incidents = group.map(({ incidentId }) => incidentId);
      const clocks = await clocksOfMany(pool, providerId, incidents);
      for (const { providerId: _, ...course } of group) {
        const own = clocks.get(course.incidentId) ?? [];
        const measured = own.some(({ kind }) => kind === 'restore');
        await keepFact(pool, providerId, { fact: { ...course, ...minutesOfClocks(own) }, measured });
      }
    }
  },
};
