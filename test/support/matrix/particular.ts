// What single operations ask for beside their schema: by operation, over what the schema alone gives.
import { randomUUID } from 'node:crypto';
import type { Writing } from './bodies.ts';
import { gateOf } from './addresses.ts';

type Body = Readonly<Record<string, unknown>>;
type Particular = (writing: Writing) => Body | Promise<Body>;

const always =
  (body: Body): Particular =>
  () =>
    body;

const findings = [{ itemRef: 'X-1', severity: 'must', text: 'It is not said who.' }];
const returned = always({ findings });
/** One of the type that the caller sees: of the subject's own audience, or else any. */
const of = ({ known, record }: Writing, type: string): string | undefined =>
  (
    known.find((each) => each.type === type && each.audience === record?.audience) ??
    known.find((each) => each.type === type)
  )?.id;
const isOfProvider = ({ reader: { facet } }: Writing): boolean => facet === 'both';
const itsCustomer = ({ reader, people }: Writing): string => (reader.facet === 'far' ? people.other : people.one);

/** On exactly what the gate's page shows: who decides defers, so that the next decides on the same. */
async function decision({ app, reader, record }: Writing): Promise<Body> {
  if (!record) return {};
  const { body } = await reader.client.get(`/gates/${gateOf(app, record)}/${record.id}`);
  return {
    outcome: 'defer',
    reason: 'It waits.',
    expectedVersion: body?.subject?.version ?? 1,
    evidenceHash: body?.evidenceHash ?? '0'.repeat(64),
  };
}

/** A role that one holds, lent to somebody else of one's own side. */
function loan(writing: Writing): Body {
  const { reader, readers, people } = writing;
  const provider = isOfProvider(writing) || reader.name.startsWith('provider') || reader.name === 'supplier';
  const colleagues = { near: 'USR of A', far: 'USR of B', both: 'SOW' } as const;
  const name = provider ? (reader.client.id === people.keeper.id ? 'SDK' : 'SOW') : colleagues[reader.facet];
  const delegate = readers.find((each) => each.name === (name === reader.name ? 'BEX of A' : name))?.client.id;
  return {
    title: 'It is lent.',
    delegator: reader.client.id,
    delegate: delegate ?? people.keeper.id,
    role: reader.roles[0] ?? 'USR',
    ...(provider ? { customer: null } : { customer: itsCustomer(writing) }),
    validFrom: '2026-03-01T09:00:00.000Z',
    validTo: '2026-12-31T09:00:00.000Z',
  };
}

/** A right that an administrator gives within the own side. */
function right(writing: Writing): Body {
  const { readers, reader } = writing;
  const [person, role] = isOfProvider(writing)
    ? ['SDK', 'KNM']
    : [reader.facet === 'far' ? 'USR of B' : 'USR of A', 'UATB'];
  return {
    title: role,
    person: readers.find(({ name }) => name === person)?.client.id,
    role,
    ...(isOfProvider(writing) ? { customer: null } : { customer: itsCustomer(writing) }),
    validFrom: null,
    validTo: null,
  };
}

/** A short log, sent by the caller; whoever may not send one names one that there is not. */
async function imported(writing: Writing): Promise<Body> {
  const { reader, people } = writing;
  const key = `INC-${randomUUID()}`;
  const csv = `number,at,state\n${key},1/2/2026 08:00,New\n${key},1/2/2026 09:00,Active\n`;
  const sent = await reader.client.upload('/import-uploads?name=log.csv', Buffer.from(csv));
  const mapping = {
    format: 1,
    source: 'a log',
    zone: 'Europe/London',
    timeFormat: 'd/M/yyyy HH:mm',
    missing: ['?'],
    key: 'number',
    occurredAt: 'at',
    state: { column: 'state', values: { New: { state: 'new' }, Active: { state: 'in_progress' } } },
    title: '{number}',
    fields: { sourceKey: { column: 'number' } },
  };
  const service = of(writing, 'service');
  return {
    upload: sent.body?.upload?.id ?? sent.body?.id ?? randomUUID(),
    type: 'incident',
    mapping,
    given: service ? { service } : {},
    customer: people.one,
  };
}

/** Each measurement is of a day of its own. */
let day = 0;
function nextDay(): string {
  day += 1;
  return new Date(Date.parse('2019-01-01T00:00:00.000Z') + day * 86_400_000).toISOString().slice(0, 10);
}

const measured: Particular = () => {
  const on = nextDay();
  return { periodFrom: on, periodTo: on, value: 3, grade: 'C' };
};

const said: Particular = (writing) => (isOfProvider(writing) ? { note: 'It is so.' } : { reply: 'It is so.' });

const particular: Readonly<Record<string, Particular>> = {
  'gate.decide': decision,
  'delegation.create': loan,
  'role-grant.create': right,
  'import-run.preview': imported,
  'import-run.start': imported,
  // Customers know of no other organisation: each may let go of what it shares in.
  'share.ask': (writing) =>
    isOfProvider(writing)
      ? { kind: 'join', customer: writing.people.third, reason: 'They ask.' }
      : { kind: 'leave', customer: itsCustomer(writing), reason: 'It is not ours.' },
  'share.answer': always({ consents: true, reason: 'It is so.' }),
  'incident.work': said,
  'problem.work': said,
  'known-error.work': said,
  'incident.note': always({ audience: 'public' }),
  'problem.note': always({ audience: 'public' }),
  'known-error.note': always({ audience: 'public' }),
  'incident.use-workaround': (writing) => ({ knownError: of(writing, 'known-error'), outcome: 'worked' }),
  'component.receive': always({ artefactHash: 'a1b2', licence: 'A-1', contractState: 'active' }),
  'incident.log-again': ({ people, reader }) => ({ customer: reader.facet === 'far' ? people.one : people.third }),
  'incident.reprioritise': always({ impact: '1', urgency: 'high' }),
  'outcome.measure-csv': () => {
    const on = nextDay();
    return { csv: `periodFrom,periodTo,value,grade,source,evidence\n${on},${on},3.5,C,Order system,` };
  },
  'outcome-measurement.create': measured,
  'measurement.declare-period': always({ from: '2026-02-01', to: '2026-02-28' }),
  'policy.create': always({ gates: [{ gate: 'G1' }], rule: 'true' }),
  'component.decide-sourcing': always({
    options: ['Make it', 'Do without'].map((option) => ({ option, assessment: 'It is weighed.' })),
  }),
  'problem.log': always({ source: 'judgement', sourceNamed: 'It is so.' }),
  'problem.establish-cause': always({
    causes: [{ statement: 'The pool is too small.', shownBy: 'The log of the pool' }],
    contributingFactors: [{ factor: 'Nobody asked how many there would be.', area: 'design' }],
  }),
  'improvement.done': always({ implementedOn: '2026-03-01' }),
  'service-package-hand-over.return': returned,
  'service-design-package-hand-over.return': returned,
  'service-release-hand-over.return': returned,
  'service-performance.return': returned,
  'requirement-back.return': returned,
};

export const ofOperation = async (writing: Writing): Promise<Body> =>
  (await particular[writing.endpoint.operationId]?.(writing)) ?? {};
