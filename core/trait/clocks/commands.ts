import { randomUUIDv7 } from 'node:crypto';
import type { Json } from '../../journal/format/hash.ts';
import { save } from '../../record/edit/save.ts';
import type { RecordData } from '../../record/define/data.ts';
import type { FieldValues } from '../../record/define/row.ts';
import type { Also, Commands, Moving, ServerRecord, Work } from '../../record/define/work.ts';
import { sinceOpened } from './anew.ts';
import { cancelled, isLive, led, newBreaches, replaced, summary, unledKinds, withBreach } from './clock.ts';
import type { RecordClock } from './clock.ts';
import { clocked } from './clocked.ts';
import type { Clocked } from './clocked.ts';
import { checkEasing, isReplacement, retargeted } from './retarget.ts';
import { clocksOf, saveClocks, toldClock } from './store.ts';

/** The clocks follow the record: they start with it, and go on as its lifecycle says. */
export function clockCommands(record: ServerRecord): Pick<Commands, 'creating' | 'editing' | 'moving'> {
  const of = clocked(record);
  return {
    creating: async (work, data) => withClocks(work, data, await measured(work, of, data, [])),
    editing: async (work, { before, after }) => {
      if (!isMeasuredAnew(of, before, after)) return {};
      return withClocks(work, after, await measured(work, of, after, await clocksOf(work.client, after)));
    },
    moving: async (work, moving) => {
      const clocks = await clocksAfter(work, of, moving);
      return clocks ? withClocks(work, moving.after, clocks) : {};
    },
  };
}

/** What decides by what it is measured. */
const isMeasuredAnew = ({ trait }: Clocked, before: RecordData, after: RecordData): boolean =>
  trait.by.some((name) => before.fields[name] !== after.fields[name]) ||
  before.customers.join() !== after.customers.join();

const isMeasurable = ({ trait }: Clocked, { fields }: RecordData): boolean =>
  trait.by.every((name) => typeof fields[name] === 'string');

/** The clocks after a move; nothing where they are left as they are. */
async function clocksAfter(work: Work, of: Clocked, moving: Moving): Promise<RecordClock[] | undefined> {
  const { before, after, measures, input, clocks: acts } = moving;
  if (!measures && !acts.length) return undefined;
  const clocks = await clocksOf(work.client, after);
  const reason = input.reasonCode;
  if (measures && isReplacement(reason) && isMeasurable(of, before))
    return retargeted(work, of, { before, after, reason }, clocks);
  if (measures) return measured(work, of, after, clocks);
  const leading = {
    kinds: of.trait.kinds,
    at: Date.parse(work.now),
    newId: randomUUIDv7,
    whenCancelled: of.whenCancelled,
  };
  return acts.reduce((all: RecordClock[], act) => led(all, act, leading), clocks);
}

/**
 * The clocks that the record asks for, by the terms that hold for it. Clocks that already measure by them go on; another
 * target counts as a misclassification.
 */
async function measured(work: Work, of: Clocked, data: RecordData, clocks: RecordClock[]): Promise<RecordClock[]> {
  if (!isMeasurable(of, data)) return clocks;
  const terms = await of.record.terms?.(work.client, data);
  const at = Date.parse(work.now);
  const live = clocks.filter(isLive);
  const replacedAll = () => clocks.map((clock) => (isLive(clock) ? cancelled(clock, at, 'replaced') : clock));
  if (!terms) return replacedAll();
  const unled = unledKinds(clocks, terms.targets);
  if (live.length && live.every((clock) => clock.termsId === terms.id && clock.termsVersion === terms.version)) {
    const results = clocks.map((clock) => {
      const definition = terms.targets.find(({ kind }) => kind === clock.kind)?.definition;
      const same = definition?.targetMinutes === clock.stopwatch.definition.targetMinutes;
      if (!isLive(clock) || same) return { clocks: [clock], needsApproval: false };
      return replaced(clock, { at, reason: 'misclassified', definition, newId: randomUUIDv7 });
    });
    checkEasing(work, of, data, results);
    const anew = await sinceOpened(work, of, data, { terms, kinds: unled });
    return [...results.flatMap((result) => result.clocks), ...anew];
  }
  const kinds = live.length ? terms.targets.map(({ kind }) => kind) : unled;
  return [...replacedAll(), ...(await sinceOpened(work, of, data, { terms, kinds }))];
}

/**
 * Keeps the clocks with the breaches that have happened, and gives what the act's entry tells of them and what lists show. A
 * breach carries its due instant, however late it is noticed (model E.4.10).
 */
async function withClocks(work: Work, data: RecordData, clocks: readonly RecordClock[]): Promise<Also> {
  const at = Date.parse(work.now);
  const breaches = newBreaches(clocks, at).map(({ clock, breachedAt }) => ({
    id: clock.id,
    kind: clock.kind,
    at: new Date(breachedAt).toISOString(),
  }));
  const kept = clocks.map((clock) => withBreach(clock, at));
  await saveClocks(work.client, data, kept, at);
  const touched = kept.filter((clock) => clock.touched).map((clock) => toldClock(clock, at));
  return {
    fields: shown(data, kept, at),
    extra: {
      ...(touched.length ? { _clocks: touched } : {}),
      ...(breaches.length ? { _breaches: breaches } : {}),
    } satisfies Record<string, Json>,
  };
}

/** What lists show of the clocks, where it differs from what stands there. */
function shown({ fields }: RecordData, clocks: readonly RecordClock[], at: number): FieldValues {
  const altered = Object.entries(summary(clocks, at)).filter(([name, value]) => (fields[name] ?? null) !== value);
  const names = !clocks.length && fields['breached'] === null ? ['nextDueAt'] : ['nextDueAt', 'breached'];
  return Object.fromEntries(altered.filter(([name]) => names.includes(name)));
}

/** Recounts the clocks of a locked record: what the system notices of them by itself is no edit. */
export async function recountClocks(
  work: Work,
  record: ServerRecord,
  data: RecordData,
  taking: (clock: RecordClock) => RecordClock = (clock) => clock,
): Promise<RecordData> {
  const clocks = (await clocksOf(work.client, data)).map(taking);
  const { fields = {}, extra = {} } = await withClocks(work, data, clocks);
  if (!Object.keys({ ...fields, ...extra }).length) return data;
  const first = (extra['_breaches'] as { at: string; kind: string }[] | undefined)?.[0]; // written above, earliest first
  return save(work, record, data, {
    fields,
    extra,
    entry: {
      kind: 'recounted',
      ...(first
        ? { occurredAt: first.at, reasonCode: 'target_breached', reason: `The ${first.kind} target passed.` }
        : {}),
    },
  });
}
