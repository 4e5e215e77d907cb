// The orphan report: what is in use though no agreed requirement leads to it, or no outcome of it is measured (model INV-1).
import type { Break, BreakSource, Breaks } from '../../core/record/define/break.ts';
import { dayMs } from '../../core/clock/units.ts';
import { promisesOf, servicesInUse } from './store/orphans.ts';
import type { PromisedOutcome, ServiceInUse } from './store/orphans.ts';

type Told = (service: ServiceInUse, promised: readonly PromisedOutcome[], now: string) => Break[];

/** Every break in the thread of those services among some records that are in use, or are about to be. */
export const breaksOf: Breaks = async (source, among, moment) => {
  const services = await servicesInUse(source.client, source.principal, {
    among,
    anyUse: moment === 'coming into use',
  });
  return (await told(source, services, moment === 'in use' ? breaksAt : breaksBeforeUse)).flat();
};

/** How many services one look asks for, and how many looks one page of the report takes at the most. */
const usually = { atOnce: 500, times: 4 };

/** A place in the report: the number of a service, and how many of its breaks were told. */
export interface OrphanPlace {
  number: number;
  told: number;
}

/** A page of the report: the services in their order, and where it goes on; a page may be short, or empty, and go on. */
export async function orphans(
  source: BreakSource,
  { from, limit, looked = usually }: { from: OrphanPlace; limit: number; looked?: typeof usually },
): Promise<{ items: Break[]; next: OrphanPlace | null }> {
  const items: Break[] = [];
  let place = from;
  for (let look = 0; look < looked.times; look += 1) {
    const services = await servicesInUse(source.client, source.principal, { from: place.number, most: looked.atOnce });
    const breaks = await told(source, services, breaksAt);
    for (const [index, { header }] of services.entries()) {
      const of = (breaks[index] ?? []).slice(header.number === place.number ? place.told : 0);
      const taken = of.slice(0, limit - items.length);
      items.push(...taken);
      const before = header.number === place.number ? place.told : 0;
      if (taken.length < of.length) return { items, next: { number: header.number, told: before + taken.length } };
    }
    const last = services.at(-1);
    if (!last || services.length < looked.atOnce) return { items, next: null };
    place = { number: last.header.number + 1, told: 0 };
  }
  return { items, next: place };
}

/** The breaks of each of some services. */
async function told({ client, principal, now }: BreakSource, services: readonly ServiceInUse[], tell: Told) {
  const promises = await promisesOf(
    client,
    principal,
    services.map(({ header }) => header.id),
  );
  return services.map((service) =>
    tell(
      service,
      promises.filter((each) => each.service === service.header.id),
      now,
    ),
  );
}

/** What would be broken of a service that goes live now: nothing of it is measured yet. Pure. */
export const breaksBeforeUse: Told = (service, promised, now) =>
  breaksAt({ ...service, isLive: true, liveSince: null }, promised, now);

/** What is broken of one service. Pure. */
export function breaksAt(service: ServiceInUse, promised: readonly PromisedOutcome[], now: string): Break[] {
  const { header, requirements, isLive } = service;
  const at = (code: string, sentence: string, hint: string) => ({ at: header, of: header, code, sentence, hint });
  if (requirements === 0) return [{ at: header, of: header, ...noRequirement(service, now) }];
  if (!isLive) return [];
  if (promised.length === 0)
    return [
      at(
        'thread.no-outcome',
        `${header.ref} promises no outcome that stands.`,
        'Agree a requirement with an outcome for it, and package that.',
      ),
    ];
  return promised.flatMap((outcome) => breaksOfOutcome(service, outcome, now));
}

function noRequirement({ header: { ref, state }, decideBy }: ServiceInUse, now: string) {
  const code = 'thread.no-requirement';
  if (state !== 'undecided' || decideBy === null)
    return {
      code,
      sentence: `No agreed requirement leads to ${ref} yet.`,
      hint: 'State what it is for as a requirement; once the business agreed it, package it for this service.',
    };
  const isOverdue = now.slice(0, 10) > decideBy;
  return {
    code,
    sentence: `No agreed requirement leads to ${ref} yet, which was taken over as it runs; ${isOverdue ? `it is overdue: it was to be decided by ${decideBy}` : `to be decided by ${decideBy}`}.`,
    hint: 'The business agrees a requirement and a package for this service, says that it is not wanted, or puts the decision off.',
  };
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
