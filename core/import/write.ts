// Writes a batch whole, in one short transaction that also moves the run's resting place.
import type pg from 'pg';
import { inTransaction } from '../database/connect.ts';
import { sealObserved, writeLines } from '../record/observe/observe.ts';
import { refusal, refuse, stop } from '../refusal/refusal.ts';
import { clocksOfMany } from '../trait/clocks/store.ts';
import { keepSources, noteMet, noteRead } from '../trait/source/store.ts';
import { countSteps, ended, linesOf } from './batch.ts';
import type { Prepared, Writing } from './batch.ts';
import { build } from './build.ts';
import { measured as measuredOf, writeMeasured } from './measure.ts';
import { keepRejects } from './rejects.ts';
import { moveOn } from './store.ts';
import { knownRecords } from './told.ts';

/** Writes a batch: all of it, or nothing. Says whether somebody asked to stop. */
export function write(writing: Writing, prepared: Prepared): Promise<boolean> {
  const { pool, caller, run, now } = writing;
  const { providerId } = caller.principal;
  const { counts, rejects } = prepared;
  return inTransaction(pool, async (client) => {
    await holdGiven(client, writing);
    await continueKnown(writing, client, prepared);
    for (const [definition, lines] of prepared.parts) await writeLines(client, definition, lines);
    await writeMeasured(client, { providerId, now }, prepared.kept);
    const reader = { providerId, run, now };
    await keepSources(client, reader, prepared.sources);
    await noteRead(client, reader, prepared.unchanged);
    await noteMet(client, reader, prepared.metAgain);
    await keepRejects(client, { providerId, run }, rejects);
    const asked = await moveOn(client, { providerId, run }, prepared.doneKey, counts);
    await client.query("select pg_notify('journal', '')");
    return asked;
  });
}

/** What is set on each record stays until the batch is written: it may have been taken back since it was chosen. Refuses by `stop`. */
async function holdGiven(client: pg.ClientBase, { given, customer, caller }: Writing): Promise<void> {
  const named = [...new Set([...Object.values(given), customer].filter((id) => typeof id === 'string'))];
  if (!named.length) return;
  const { rows } = await client.query<{ id: string }>(
    `select r.id
     from core.record r
     where r.provider_id = $1 and r.id = any($2::uuid[])
     order by r.id
     for key share of r`,
    [caller.principal.providerId, named],
  );
  const gone = named.filter((id) => !rows.some((row) => row.id === id));
  if (gone.length)
    stop(
      refuse(
        'invalid',
        refusal(
          'import.given',
          `${gone.join(', ')} is gone: an import that made it was taken back.`,
          'Choose another.',
        ),
      ),
    );
}

/** Brings up to date what an earlier import brought in; what was worked on here since stays as it is, and is told. */
async function continueKnown(writing: Writing, client: pg.ClientBase, prepared: Prepared): Promise<void> {
  const { definition, mapping, caller, now, run, measuring } = writing;
  const { counts, rejects } = prepared;
  const continued = prepared.fresh.flatMap((fresh) => (fresh.known ? [{ fresh, known: fresh.known }] : []));
  if (!continued.length) return;
  const ids = continued.map(({ known }) => known.record);
  const { providerId } = caller.principal;
  const standing = await knownRecords(client, definition, {
    providerId,
    ids,
    fills: (field) => Object.hasOwn(mapping.fields, field),
  });
  const clocks = definition.traits?.clocks ? await clocksOfMany(client, providerId, ids) : undefined;
  const lines = linesOf(prepared, definition);
  for (const { fresh, known } of continued) {
    const found = standing.get(known.record);
    if (!found) throw new Error(`${known.system}:${known.key} leads to ${known.record}, which is gone`);
    if (found.isWorkedOn) {
      const reason = `${found.record.ref} was worked on here since it was imported: what the source says of it is left out`;
      rejects.push(...fresh.rows.map(({ line }) => ({ line, key: fresh.key, reason })));
      counts.leftOut += fresh.rows.length;
      continue;
    }
    const { record, told } = found;
    const built = build(prepared.building, told, fresh.rows);
    countSteps(counts, built);
    counts.updated += 1;
    const { id, number, customers } = record;
    const course = { id, steps: built.steps, states: built.states, fields: built.fields, isKnown: true };
    const measured = measuredOf(measuring, course, clocks?.get(id) ?? []);
    prepared.kept.push(measured.kept);
    const steps = ended(built.fresh, measured);
    sealObserved(
      { caller, now, cause: run },
      definition,
      { id, number, customers, steps, source: `${known.system}:${known.key}` },
      lines,
      record,
    );
    prepared.unchanged.push({ ...known, seen: fresh.seen, lastAt: fresh.place.at, lastPlace: fresh.place.order });
  }
}
