// The measured side of a live incident: table handover.incident_fact, kept from the incident and its restore clock.
import type { JournalSubscriber } from '../../core/journal/subscriber.ts';
import { minutesOfClocks } from './minutes.ts';
import { clocksOf } from './store/clocks.ts';
import { coursesOf, keepFact } from './store/fact.ts';

/** Keeps the fact of every incident that was touched. What was observed elsewhere has its fact from the import. */
export const incidentFactSubscriber: JournalSubscriber = {
  name: 'operation.incident-fact',
  types: ['incident'],
  take: async ({ pool }, entries) => {
    const touched = entries.filter(({ kind }) => kind !== 'observed').map(({ recordId }) => recordId);
    if (!touched.length) return;
    for (const { providerId, ...course } of await coursesOf(pool, [...new Set(touched)])) {
      const clocks = await clocksOf(pool, { providerId, id: course.incidentId });
      const isMeasured = clocks.some(({ kind }) => kind === 'restore');
      await keepFact(pool, providerId, { fact: { ...course, ...minutesOfClocks(clocks) }, measured: isMeasured });
    }
  },
};
