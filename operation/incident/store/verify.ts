// What stands in Operation's tables beside an incident, in the shape in which journal entries tell it.
import type { Beside, BesideElement } from '../../../core/record/beside.ts';
import type { Queryable } from '../../../core/record/queryable.ts';
import { clocksStanding } from './clocks.ts';

/** Clocks: their whole course, and all that their rows show of it. */
export const clocksBeside: Beside = { told: '_clocks', what: 'clock', standing: clocksStanding };

/** Notes: their audience and the commitment to their text, which is compared with the personal values. */
export const notesBeside: Beside = {
  told: '_notes',
  what: 'note',
  standing: async (client, providerId, records) => {
    const rows = await notesStanding(client, providerId, records);
    const elements = rows.map(({ of, id, audience, commitment }) => ({
      of,
      element: { id, audience, text: { commitment } } satisfies BesideElement,
    }));
    return new Map(
      [...Map.groupBy(elements, ({ of }) => of)].map(([of, group]) => [of, group.map(({ element }) => element)]),
    );
  },
};

async function notesStanding(client: Queryable, providerId: string, records: readonly string[]) {
  const { rows } = await client.query(
    `select incident_id as of, id, audience, commitment
     from operation.note
     where provider_id = $1 and incident_id = any($2::uuid[])
     order by id`,
    [providerId, records],
  );
  return rows as { of: string; id: string; audience: string; commitment: string }[]; // the select list
}
