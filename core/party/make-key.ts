// API keys are told in the journal of the person they act as: one that nobody made is found.
import type { Queryable } from '../database/queryable.ts';
import { requireStanding } from '../permission/credentials.ts';
import type { Caller } from '../permission/principal.ts';
import { createKey } from '../permission/key.ts';
import type { KeyScope } from '../permission/key.ts';
import { act } from '../record/act/act.ts';
import type { Beside } from '../record/define/beside.ts';
import type { RecordOf } from '../record/define/data.ts';
import { serverRecord } from '../record/define/work.ts';
import type { Application, Work } from '../record/define/work.ts';
import { save } from '../record/edit/save.ts';
import { lockUnscoped } from '../record/read/load.ts';
import type { Outcome } from '../refusal/refusal.ts';
import { done } from '../refusal/refusal.ts';
import { personRecord } from './party.ts';

export interface NewKey {
  name: string;
  scopes: readonly KeyScope[];
  expiresAt?: string | null | undefined;
  /** The key that makes it, and with which it ends. */
  parent?: string | null | undefined;
}

export interface MadeKey {
  id: string;
  key: string;
}

/** Makes an API key of a person, as an act of its own; who may is the caller's to judge. Its secret is told once. */
export async function makeKey(
  application: Application,
  caller: Caller,
  personId: string,
  wanted: NewKey,
): Promise<Outcome<MadeKey>> {
  const outcome = await act(
    application,
    caller,
    { command: 'make key', type: 'person', id: personId },
    async (work) => {
      const person = await lockUnscoped(work, serverRecord(application.registry, personRecord), personId);
      const made = await makeKeyOf(work, person, wanted);
      return { id: made.id, data: made };
    },
  );
  if (!outcome.ok) return outcome;
  if (!outcome.value.data) throw new Error('a key was made, and its secret is not told');
  return done(outcome.value.data);
}

/** The same, within an act that holds the person. Keys live by the machine's clock, as sessions do, whatever the provider's shows. */
export async function makeKeyOf(work: Work, person: RecordOf<typeof personRecord>, wanted: NewKey): Promise<MadeKey> {
  const { application, client } = work;
  const { providerId, id: personId } = person;
  const now = new Date(application.clock()).toISOString();
  await requireStanding(client, work.caller.principal);
  const made = await createKey(client, {
    ...wanted,
    expiresAt: wanted.expiresAt ?? null,
    parent: wanted.parent ?? null,
    providerId,
    personId,
    now,
  });
  await save(work, serverRecord(application.registry, personRecord), person, {
    extra: { _keys: [told({ id: made.id, scopes: wanted.scopes })] },
    entry: { kind: 'edited', reason: 'An API key was made.' },
  });
  return made;
}

const told = ({ id, scopes }: { id: string; scopes: readonly string[] }) => ({
  id,
  scopes: scopes.toSorted().join(' '),
});

/** Keys as entries tell them: whose they are, and what they may. That one ended needs no telling: it never begins again. */
export const keysBeside: Beside = {
  told: '_keys',
  what: 'API key',
  standing: async (client: Queryable, providerId, records) => {
    const { rows } = await client.query(
      `select person_id as of, id, scopes
       from core.api_key
       where provider_id = $1 and person_id = any($2::uuid[])
       order by id`,
      [providerId, records],
    );
    const standing = rows as { of: string; id: string; scopes: string[] }[]; // the select list
    return new Map([...Map.groupBy(standing, ({ of }) => of)].map(([of, keys]) => [of, keys.map(told)]));
  },
};
