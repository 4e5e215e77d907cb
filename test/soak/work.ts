// What is being done when something is killed. Whatever was answered with a success must stand afterwards, once; whatever was
// not is asked again under its key, and must stand once as well.
import { randomUUID } from 'node:crypto';
import { caller, insisting, isAway } from './people.ts';
import type { Caller, People } from './people.ts';

export interface Ground {
  url: string;
  people: People;
}

/** Work that goes on until it is told to stop; its faults are what was lost, doubled or half done. */
export interface Work {
  name: string;
  /** One act after the other. Keeps what was promised; resolves when stopped, or when the server is away. */
  run: (ground: Ground, promised: Promises, isOver: () => boolean) => Promise<void>;
  /** What does not stand as promised. */
  faults: (ground: Ground, promised: Promises) => Promise<string[]>;
}

interface Record {
  record: { id: string; version: number; state: string };
}

/** What was promised in one round. */
export interface Promises {
  /** Acts that were answered with a success. */
  acknowledged: number;
  /** By record: the version that was answered. */
  versions: Map<string, number>;
  /** By record: how many of something it was promised to have. */
  counts: Map<string, number>;
  /** Acts that nobody answered: asked again under their keys. */
  open: (() => Promise<void>)[];
}

export const nothingPromised = (): Promises => ({ acknowledged: 0, versions: new Map(), counts: new Map(), open: [] });

/** Does an act under a key; when nobody answers it is kept to be asked again. */
async function act<T>(promised: Promises, call: (key: string) => Promise<T>, kept: (told: T) => void): Promise<T> {
  const key = randomUUID();
  const done = (told: T) => {
    promised.acknowledged += 1;
    kept(told);
  };
  try {
    const told = await call(key);
    done(told);
    return told;
  } catch (error) {
    if (isAway(error)) promised.open.push(async () => done(await insisting(() => call(key))));
    throw error;
  }
}

const remember =
  ({ versions }: Promises) =>
  ({ record: { id, version } }: Record) =>
    void versions.set(id, Math.max(version, versions.get(id) ?? 0));

const untilOver = async (isOver: () => boolean, once: (count: number) => Promise<void>): Promise<void> => {
  for (let count = 0; !isOver(); count++)
    try {
      await once(count);
    } catch (error) {
      if (isAway(error)) return;
      throw error;
    }
};

/** Records that stand at another version than was answered last: an older one was lost, a later one done twice. */
async function versionFaults(
  reader: Caller,
  path: string,
  { versions }: Promises,
  isRight: (stands: number, acknowledged: number) => boolean,
): Promise<string[]> {
  const faults: string[] = [];
  for (const [id, version] of versions) {
    const { record } = await insisting(() => reader.get<Record>(`/${path}/${id}`));
    if (!isRight(record.version, version))
      faults.push(`${path}/${id}: version ${version} was acknowledged, ${record.version} stands`);
  }
  return faults;
}

const creates: Work = {
  name: 'creates and edits',
  run: async ({ url, people }, promised, isOver) => {
    const writer = caller(url, people.administrator);
    const round = randomUUID();
    await untilOver(isOver, async (count) => {
      const title = `Team ${count} of ${round}`;
      const { record } = await act(
        promised,
        (key) => writer.post<Record>('/teams', { title }, key),
        (told) => {
          remember(promised)(told);
          promised.counts.set(title, 1);
        },
      );
      const edited = { title: `${title}, renamed`, expectedVersion: record.version };
      await act(promised, (key) => writer.patch<Record>(`/teams/${record.id}`, edited, key), remember(promised));
    });
  },
  faults: async ({ url, people }, promised) => {
    const reader = caller(url, people.administrator);
    const faults = await versionFaults(reader, 'teams', promised, (stands, acknowledged) => stands === acknowledged);
    const stand = new Map<string, number>();
    for (let cursor = ''; ; ) {
      const page = await insisting(() =>
        reader.get<{ items: { title: string }[]; nextCursor: string | null }>(`/teams?limit=200${cursor}`),
      );
      for (const { title } of page.items) {
        const made = title.replace(', renamed', '');
        stand.set(made, (stand.get(made) ?? 0) + 1);
      }
      if (!page.nextCursor) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    for (const title of promised.counts.keys())
      if (stand.get(title) !== 1) faults.push(`${title} was made once, and stands ${stand.get(title) ?? 0} times`);
    return faults;
  },
};

const notes: Work = {
  name: 'notes',
  run: async ({ url, people: { administrator, service, customer } }, promised, isOver) => {
    const writer = caller(url, administrator);
    const incident = { title: 'No slots', service, customers: [customer], impact: '3', urgency: 'low' };
    const { record } = await insisting(() => writer.post<Record>('/incidents', incident, randomUUID()));
    await untilOver(isOver, async (count) => {
      const note = { audience: 'public', text: `Note ${count}` };
      await act(
        promised,
        (key) => writer.post(`/incidents/${record.id}/notes`, note, key),
        () => {
          promised.counts.set(record.id, (promised.counts.get(record.id) ?? 0) + 1);
        },
      );
    });
  },
  faults: async ({ url, people }, { counts }) => {
    const reader = caller(url, people.administrator);
    const faults: string[] = [];
    for (const [id, count] of counts) {
      const { items } = await insisting(() => reader.get<{ items: unknown[] }>(`/incidents/${id}/notes`));
      if (items.length !== count)
        faults.push(`incident ${id}: ${count} notes were acknowledged, ${items.length} stand`);
    }
    return faults;
  },
};

const decisions: Work = {
  name: 'decisions',
  run: async ({ url, people }, promised, isOver) => {
    const business = caller(url, people.business);
    const need = { title: 'Slots', statement: 'Two hours.', trigger: 'market', priority: 'must', profile: 'light' };
    await untilOver(isOver, async () => {
      const { record } = await act(
        promised,
        (key) => business.post<Record>('/business-requirements', need, key),
        remember(promised),
      );
      const outcome = {
        title: 'Fewer misses',
        requirement: record.id,
        statement: 'Fewer.',
        measure: 'missed / booked',
        unit: '%',
        direction: 'lower',
        baseline: 8,
        target: 4,
        attainBy: '2036-12-31',
        sustainPeriods: 2,
        period: 'month',
        source: 'Orders',
        weight: 1,
      };
      await act(
        promised,
        (key) => business.post('/outcomes', outcome, key),
        () => undefined,
      );
      const move = (key: string) =>
        business.post<Record>(
          `/business-requirements/${record.id}/moves/analyse`,
          { expectedVersion: record.version },
          key,
        );
      await act(promised, move, remember(promised));
      const page = await business.get<{ subject: { version: number }; evidenceHash: string }>(`/gates/G1/${record.id}`);
      const decision = {
        outcome: 'approve',
        reason: 'The evidence is convincing.',
        expectedVersion: page.subject.version,
        evidenceHash: page.evidenceHash,
      };
      await act(
        promised,
        (key) => business.post(`/gates/G1/${record.id}/decisions`, decision, key),
        () => {
          promised.counts.set(record.id, 1);
        },
      );
    });
  },
  faults: async ({ url, people }, promised) => {
    const reader = caller(url, people.business);
    const faults = await versionFaults(
      reader,
      'business-requirements',
      promised,
      // The decision and its move come on top of what moving answered.
      (stands, acknowledged) => stands >= acknowledged,
    );
    for (const id of promised.counts.keys()) {
      const { record, decisions: made } = await insisting(() =>
        reader.get<Record & { decisions: unknown[] }>(`/business-requirements/${id}`),
      );
      if (record.state !== 'agreed' || made.length !== 1)
        faults.push(`requirement ${id} was decided once, and is ${record.state} with ${made.length} decisions`);
    }
    return faults;
  },
};

/** Calls that people and programs make of a running server. */
export const works: readonly Work[] = [creates, decisions, notes];

/** Does what nobody answered once more, under its key. */
export async function askAgain({ open }: Promises): Promise<void> {
  for (const again of open.splice(0)) await again();
}
