// The orphan report: what is in use though no agreed requirement leads to it, or no outcome of it is measured (model INV-1).
import type { Break, Breaks } from '../../core/record/define/break.ts';
import { dayMs } from '../../core/clock/units.ts';
import { promisesOf, servicesInUse } from './store/orphans.ts';
import type { PromisedOutcome, ServiceInUse } from './store/orphans.ts';

/** Every break in the thread of the services that are live, or that cases or agreements stand on. */
export const breaksOf: Breaks = async ({ client, principal, now }, among) => {
  const services = await servicesInUse(client, principal, among);
  const promises = await promisesOf(
    client,
    principal,
    services.map(({ header }) => header.id),
  );
  return services.flatMap((service) =>
    breaksAt(
      service,
      promises.filter((each) => each.service === service.header.id),
      now,
    ),
  );
};

/** What is broken of one service. Pure. */
export function breaksAt(service: ServiceInUse, promised: readonly PromisedOutcome[], now: string): Break[] {
  const { header, requirements, isLive } = service;
  const at = (code: string, sentence: string, hint: string) => ({ at: header, of: header, code, sentence, hint });
  if (requirements === 0)
    return [
      at(
        'thread.no-requirement',
        `No agreed requirement leads to ${header.ref} yet, though it is in use.`,
        'State what it is for as a requirement; once the business agreed it, package it for this service.',
      ),
    ];
  if (!isLive) return [];
  if (promised.length === 0)
    return [
      at(
        'thread.no-outcome',
        `${header.ref} is live and promises no outcome that stands.`,
        'Agree a requirement with an outcome for it, and package that.',
      ),
    ];
  return promised.flatMap((outcome) => breaksOfOutcome(service, outcome, now));
}

function breaksOfOutcome(service: ServiceInUse, outcome: PromisedOutcome, now: string): Break[] {
  const { header, baseline, source, period, isMeasured } = outcome;
  const at = { at: header, of: service.header };
  const lacks = [baseline === null && 'baseline', !source && 'source'].filter((each) => each !== false);
  if (lacks.length)
    return [
      {
        ...at,
        code: 'thread.no-baseline',
        sentence: `${header.ref} is promised by ${service.header.ref} without a ${lacks.join(' and a ')}.`,
        hint: 'Propose an amendment that gives it.',
      },
    ];
  const over = service.liveSince === null ? null : firstPeriodEnds(service.liveSince, period);
  if (isMeasured || over === null || Date.parse(now) < over) return [];
  return [
    {
      ...at,
      code: 'thread.not-measured',
      sentence: `${header.ref} has no value yet, though its first whole period in live use ended on ${new Date(over - dayMs).toISOString().slice(0, 10)}.`,
      hint: 'Enter its measured value.',
    },
  ];
}

/** When the first whole period in live use is over: the midnight after its last day, in milliseconds, UTC. */
export function firstPeriodEnds(liveSince: string, period: PromisedOutcome['period']): number {
  const live = new Date(liveSince);
  const [year, month, day] = [live.getUTCFullYear(), live.getUTCMonth(), live.getUTCDate()];
  const whole = Date.UTC(year, month, day) === live.getTime();
  const begun = (start: number) => whole && start === live.getTime();
  if (period === 'week') {
    const monday = Date.UTC(year, month, day - ((live.getUTCDay() + 6) % 7));
    return monday + (begun(monday) ? 7 : 14) * dayMs;
  }
  const months = period === 'quarter' ? 3 : 1;
  const first = month - (month % months);
  return Date.UTC(year, first + (begun(Date.UTC(year, first, 1)) ? months : 2 * months), 1);
}
