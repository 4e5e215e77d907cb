import type { Endpoint } from '../http/endpoint.ts';
import type { ScheduledJob } from '../jobs/job.ts';
import type { Recount } from '../journal/recount.ts';
import type { JournalSubscriber } from '../journal/subscriber.ts';
import type { Also, Commands, ServerRecord } from '../record/define/work.ts';
import { clocksTrait } from './clocks/trait.ts';
import { filesTrait } from './files/trait.ts';
import { measuredTrait } from './measured/trait.ts';
import { notesTrait } from './notes/trait.ts';
import { sourceTrait } from './source/trait.ts';
import type { Trait } from './trait.ts';

const traits: readonly Trait[] = [clocksTrait, notesTrait, filesTrait, sourceTrait, measuredTrait];

const traitsOf = ({ definition }: ServerRecord): Trait[] => traits.filter(({ name }) => definition.traits?.[name]);

/** A record type with what its traits bring. */
export function withTraits(record: ServerRecord): ServerRecord {
  const own = traitsOf(record);
  if (!own.length) return record;
  return {
    ...record,
    ...withCommands(record, own),
    gives: [...(record.gives ?? []), ...own.flatMap(({ gives }) => gives ?? [])],
    beside: [...(record.beside ?? []), ...own.flatMap(({ beside }) => beside ?? [])],
    personalOf: [...(record.personalOf ?? []), ...own.flatMap(({ personalOf }) => personalOf?.(record) ?? [])],
    erasing: [...(record.erasing ?? []), ...own.flatMap(({ erasing }) => erasing ?? [])],
  };
}

/** The endpoints that its traits give a record type. */
export const traitEndpoints = (record: ServerRecord): Endpoint[] =>
  traitsOf(record).flatMap(({ endpoints }) => endpoints?.(record) ?? []);

/** Jobs of the traits, for all record types that have them. */
export const traitJobs: readonly ScheduledJob[] = traits.flatMap(({ jobs = [] }) => jobs);

/** What follows the journal for the traits. */
export const traitSubscribers: readonly JournalSubscriber[] = traits.flatMap(({ subscribers = [] }) => subscribers);

/** What `verify` computes anew for the traits. */
export const traitRecounts: readonly Recount[] = traits.flatMap(({ recounts = [] }) => recounts);

type Hook = 'creating' | 'editing' | 'moving';

/** The record type's own commands, then those of its traits. */
function withCommands(record: ServerRecord, own: readonly Trait[]): Pick<ServerRecord, 'commands'> {
  const all = [record.commands, ...own.map(({ commands }) => commands?.(record))].filter((each) => each !== undefined);
  if (all.length === (record.commands ? 1 : 0)) return {};
  return {
    commands: {
      ...record.commands,
      creating: async (work, data) => together(all, 'creating', (hook) => hook(work, data)),
      editing: async (work, editing) => together(all, 'editing', (hook) => hook(work, editing)),
      moving: async (work, moving) => together(all, 'moving', (hook) => hook(work, moving)),
    },
  };
}

/** What several alter besides, one after the other. */
async function together<H extends Hook>(
  all: readonly Commands[],
  name: H,
  run: (hook: NonNullable<Commands[H]>) => Promise<Also>,
): Promise<Also> {
  let sum: Also = {};
  for (const each of all) {
    const hook = each[name];
    if (hook) sum = joined(sum, await run(hook));
  }
  return sum;
}

function joined(one: Also, other: Also): Also {
  const { afterwards: first } = one;
  const { afterwards: second } = other;
  return {
    ...one,
    ...other,
    fields: { ...one.fields, ...other.fields },
    extra: { ...one.extra, ...other.extra },
    ...(first && second
      ? {
          afterwards: async (work, after) => {
            await first(work, after);
            await second(work, after);
          },
        }
      : {}),
  };
}
