import { loadHeader, missing } from '../record/read/load.ts';
import { namesOf } from '../record/read/names.ts';
import type { Header } from '../record/define/data.ts';
import { nowOf } from '../record/define/work.ts';
import type { Application } from '../record/define/work.ts';
import { done } from '../refusal/refusal.ts';
import type { Outcome } from '../refusal/refusal.ts';
import type { Caller, Principal } from '../permission/principal.ts';
import { principalOfPerson } from '../permission/resolve.ts';
import { scopeOf } from '../permission/scope.ts';

export interface Why {
  visible: boolean;
  because: string[];
}

/** Why a person (the caller, where none is named) can see a record, in sentences. Only who sees the record may ask. */
export async function whyVisible(
  application: Application,
  caller: Caller,
  name: string,
  person: string | undefined,
): Promise<Outcome<Why>> {
  const found = await loadHeader(application.pool, caller.principal, name);
  if (!found) return missing('record', name);
  if (person === undefined || person === caller.principal.id) return done(reasons(caller.principal, found));
  const { providerId } = caller.principal;
  const other = await principalOfPerson(
    application.pool,
    application.registry.roles,
    { providerId, id: person },
    nowOf(application, caller),
  );
  const known = other && (await namesOf(application.pool, caller.principal, [person]));
  if (!other || !(person in (known ?? {}))) return missing('person', person);
  const seen = await loadHeader(application.pool, other, found.id);
  return done(
    seen
      ? reasons(other, found)
      : { visible: false, because: ['None of their roles or their organisation shares in this record.'] },
  );
}

function reasons(principal: Principal, found: Header): Why {
  const { because } = scopeOf(principal, 1);
  if (because.length === 1) return { visible: true, because };
  const owned = found.owner === principal.id;
  return { visible: true, because: because.filter((_, index) => (index === 1 ? owned : found.customers.length > 0)) };
}
