// What each act on an incident costs the server, its subscribers included: journal entries, statements, milliseconds of processor time in all its processes.
// The acts come from this process over HTTP, one after another. Nothing is judged.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ukOffice } from '../core/clock/example-calendars.ts';
import type { Scenery, Spent } from './bench-acts-serve.ts';

interface Answer {
  id: string;
  version: number;
}

/** What an incident is when the act comes to it. */
export interface Subject extends Answer {
  isAssigned: boolean;
}

export interface Bench extends Scenery {
  post: (path: string, body: object, key?: string) => Promise<{ record?: Answer }>;
  get: (path: string) => Promise<{ record?: Answer }>;
  /** What the server has used; asked when its subscribers have caught up. */
  spent: () => Promise<Spent>;
  close: () => Promise<void>;
}

export interface Act {
  name: string;
  /** Whether it is made on an incident that is there already. */
  needsSubject: boolean;
  run: (bench: Bench, subject: Subject) => Promise<unknown>;
}

const p3 = { impact: '3', urgency: 'medium' };
const said = 'Looked at the till: the cable of its printer is loose, a colleague brings another one.';

export const createOne = ({ post, service, customer }: Bench) =>
  post('/incidents', { title: 'Till does not start', service, customers: [customer], ...p3 });

/** Every other one is assigned, the rest are begun. */
export function moveOf({ service, team, desk }: Bench, { version, isAssigned }: Subject) {
  const input = isAssigned ? { assignee: desk.id } : { service, team, ...p3 };
  return { name: isAssigned ? 'start-work' : 'assign', input: { expectedVersion: version, ...input } };
}

export const acts: readonly Act[] = [
  { name: 'create', needsSubject: false, run: createOne },
  {
    name: 'note',
    needsSubject: true,
    run: ({ post }, { id }) => post(`/incidents/${id}/notes`, { audience: 'internal', text: said }),
  },
  {
    name: 'move',
    needsSubject: true,
    run: (bench, subject) => {
      const { name, input } = moveOf(bench, subject);
      return bench.post(`/incidents/${subject.id}/moves/${name}`, input);
    },
  },
  {
    name: 'note + move',
    needsSubject: true,
    run: (bench, subject) => {
      const { name, input } = moveOf(bench, subject);
      return bench.post(`/incidents/${subject.id}/work`, { note: said, move: { name, ...input } });
    },
  },
];

export async function benchActs(count: number): Promise<void> {
  const bench = await openBench(fileURLToPath(new URL('bench-acts-serve.ts', import.meta.url)));
  try {
    console.log(`${count} of each act, one client\n${'act'.padEnd(12)} entries  statements  CPU ms`);
    for (const act of acts) console.log(rowOf(act.name, await measure(bench, act, count)));
  } finally {
    await bench.close();
  }
}

export const rowOf = (name: string, { entries, statements, cpuMs }: Spent): string =>
  `${name.padEnd(12)} ${entries.toFixed(2).padStart(7)} ${statements.toFixed(1).padStart(11)} ${cpuMs.toFixed(2).padStart(7)}`;

const warmUp = 50;

/** What one act costs on the average. */
export async function measure(bench: Bench, { needsSubject, run }: Act, count: number): Promise<Spent> {
  const subjects: Subject[] = [];
  for (let index = 0; index < count + warmUp; index += 1)
    subjects.push(needsSubject ? await subjectFor(bench, index % 2 === 1) : { id: '', version: 0, isAssigned: false });
  for (const each of subjects.slice(0, warmUp)) await run(bench, each);
  const before = await bench.spent();
  for (const each of subjects.slice(warmUp)) await run(bench, each);
  const after = await bench.spent();
  const each = (name: keyof Spent) => (after[name] - before[name]) / count;
  return { entries: each('entries'), statements: each('statements'), cpuMs: each('cpuMs') };
}

async function subjectFor(bench: Bench, isAssigned: boolean): Promise<Subject> {
  const made = recordIn(await createOne(bench));
  const fresh = { ...made, isAssigned: false };
  if (!isAssigned) return fresh;
  const { name, input } = moveOf(bench, fresh);
  return { ...recordIn(await bench.post(`/incidents/${made.id}/moves/${name}`, input)), isAssigned };
}

export function recordIn({ record }: { record?: Answer }): Answer {
  if (!record) throw new Error('the answer has no record');
  return record;
}

/** Starts a server in a process of its own, with data, and an agreement in force over the incidents to come. */
export async function openBench(serve: string): Promise<Bench> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'servicewright-bench-'));
  chmodSync(dataFolder, 0o711); // root's database account passes through it
  const child = fork(serve, { env: { ...process.env, SERVICEWRIGHT_DATA: dataFolder } });
  const told = async <T>(): Promise<T> => {
    const heard = new AbortController();
    const ended = once(child, 'exit', { signal: heard.signal }).then(() =>
      Promise.reject(new Error('the serving process ended')),
    );
    ended.catch(() => undefined); // it is heard in the race
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [T]; // it tells what it was asked for
    heard.abort();
    return message;
  };
  const scenery = await told<Scenery>();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const call = (method: string, path: string, key: string, body?: object) =>
    send({ url: `${scenery.url}/api/v1${path}`, method, agent, key, ...(body ? { body } : {}) });
  const bench: Bench = {
    ...scenery,
    post: (path, body, key = scenery.desk.key) => call('POST', path, key, body),
    get: (path) => call('GET', path, scenery.desk.key),
    spent: () => {
      child.send('spent');
      return told<Spent>();
    },
    close: async () => {
      agent.destroy();
      child.disconnect();
      await once(child, 'exit');
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  await putInForce(bench);
  return bench;
}

async function putInForce({ post, service, customer, levels, representative }: Bench): Promise<void> {
  const body = {
    title: 'Tills, office hours',
    customers: [customer],
    service,
    customer,
    calendar: ukOffice,
    targets: [{ priority: 'P3', responseMinutes: 60, restoreMinutes: 480 }],
    pauseReasons: [{ reason: 'customer' }],
    reopenPolicy: 'resume_excluding_gap',
    effectiveFrom: new Date(Date.now() - 60_000).toISOString(),
  };
  const { id, version } = recordIn(await post('/agreements', body, levels.key));
  const steps = [
    ['negotiate', levels],
    ['sign-provider', levels],
    ['sign-customer', representative],
    ['put-in-force', levels],
  ] as const;
  let expectedVersion = version;
  for (const [move, { key }] of steps)
    expectedVersion = recordIn(await post(`/agreements/${id}/moves/${move}`, { expectedVersion }, key)).version;
}

interface Sent {
  url: string;
  method: string;
  agent: Agent;
  key: string;
  body?: object;
}

export function send({ url, method, agent, key, body }: Sent): Promise<{ record?: Answer }> {
  const payload = body ? JSON.stringify(body) : '';
  const headers = {
    authorization: `Bearer ${key}`,
    ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if ((answer.statusCode ?? 500) < 300)
          resolve(JSON.parse(text) as { record?: Answer }); // as the API describes it
        else reject(new Error(`${method} ${url}: ${answer.statusCode} ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(payload);
  });
}
