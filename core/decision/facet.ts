import type { Principal } from '../permission/principal.ts';
import { customersOf, seesProvider } from '../permission/scope.ts';

/** Of a record that several customers share, each reads its own decisions and the provider's (model R11). */
export function facetOf<D extends { customer: string | null }>(principal: Principal, decisions: readonly D[]): D[] {
  if (seesProvider(principal)) return [...decisions];
  const own = customersOf(principal);
  return decisions.filter(({ customer }) => customer === null || own.includes(customer));
}
