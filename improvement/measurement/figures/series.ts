// Reads figures for one person: whose they are, and within which time they may speak.
import { loadHeader, missing } from '../../../core/record/read/load.ts';
import type { Queryable } from '../../../core/database/queryable.ts';
import type { Caller } from '../../../core/permission/principal.ts';
import { nowOf } from '../../../core/record/define/work.ts';
import type { Application } from '../../../core/record/define/work.ts';
import { customersOf, seesProvider } from '../../../core/permission/scope.ts';
import { done, refusal, refuse } from '../../../core/refusal/refusal.ts';
import type { Outcome } from '../../../core/refusal/refusal.ts';
import { sources } from '../metric/define.ts';
import type { MeasuredMetric } from '../metric/define.ts';
import { declaredPeriod, defaultPeriod, everObserved, nil } from './store/figures.ts';
import type { ObservedPeriod, Scope } from './store/figures.ts';

/**
 * Whose figures somebody is shown: the provider's people see all customers or the one they name, a customer's people only
 * what is their own organisation's share, of a service that they can see.
 */
export async function figureScope(
  application: Application,
  caller: Caller,
  { service, customer }: { service?: string | undefined; customer?: string | undefined },
): Promise<Outcome<Scope>> {
  const { principal } = caller;
  const { providerId } = principal;
  const today = nowOf(application, caller).slice(0, 10);
  const header = service === undefined ? undefined : await loadHeader(application.pool, principal, service);
  if (service !== undefined && header?.type !== 'service') return missing('service', service);
  const serviceId = header?.id ?? nil;
  if (seesProvider(principal)) return done({ providerId, serviceId, customerId: customer ?? nil, today });
  const own = customersOf(principal).toSorted();
  const chosen = customer === undefined ? own[0] : own.find((each) => each === customer);
  if (chosen === undefined)
    return refuse(
      'forbidden',
      refusal(
        'measurement.not-yours',
        'These figures are not those of your organisation.',
        'Ask for the figures of your own organisation.',
        'customer',
      ),
    );
  return done({ providerId, serviceId, customerId: chosen, today });
}

/**
 * The time that a metric may speak of. Of what is observed all the time: all of it. Of what operation brings: as declared for its
 * service, else from the first to the last day with enough cases, for nobody knows whether it was observed before.
 */
export async function observedFor(
  client: Queryable,
  scope: Scope,
  metric: MeasuredMetric,
): Promise<ObservedPeriod | null> {
  const of = { metric: metric.id, minN: metric.minSample };
  if (!sources[metric.source].declared) return everObserved(client, scope, of);
  return (await declaredPeriod(client, scope)) ?? defaultPeriod(client, scope, of);
}
