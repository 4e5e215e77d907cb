import { describe, expect, it } from 'vitest';
import { build, untold } from '../../core/import/build.ts';
import { measured } from '../../core/import/measure.ts';
import { mappingSchema } from '../../core/import/mapping.ts';
import { inOrder } from '../../core/import/order.ts';
import { isFaulty, rowReader } from '../../core/import/read.ts';
import type { AgreementInForce } from '../../handover/facts/agreement-in-force.ts';
import { read } from '../../core/clock/stopwatch.ts';
import type { ReopenPolicy } from '../../core/clock/stopwatch.ts';
import { termsOf } from '../agreement/index.ts';
import { incidentObserving } from './observing.ts';
import { incidentRecord } from './record.ts';

const day = [{ from: '08:00', to: '20:00' }];
const agreed = (reopen: ReopenPolicy, from = '2016-01-01T00:00:00.000Z', restoreMinutes = 1440): AgreementInForce => ({
  agreementId: `agreement from ${from}`,
  version: 1,
  serviceId: 'service',
  customerId: 'customer',
  from,
  to: null,
  definition: {
    calendar: {
      zone: 'Europe/Berlin',
      versions: [{ effectiveFrom: '2015-01-01', weekly: { mon: day, tue: day, wed: day, thu: day, fri: day } }],
      exceptions: [],
    },
    targets: { P3: { responseMinutes: 60, restoreMinutes } },
    pauseReasons: ['customer'],
    reopen,
    availabilityPercent: null,
  },
});

const mapping = (more: object = {}) =>
  mappingSchema.parse({
    format: 1,
    source: 'course',
    zone: 'Europe/Berlin',
    timeFormat: 'd/M/yyyy HH:mm',
    missing: ['?'],
    key: 'number',
    occurredAt: 'at',
    state: {
      column: 'state',
      values: {
        New: { state: 'new' },
        Active: { state: 'in_progress' },
        User: { state: 'pending', pendingReason: 'customer' },
        Vendor: { state: 'pending', pendingReason: 'supplier' },
        Resolved: { state: 'resolved' },
        Closed: { state: 'closed' },
      },
    },
    title: '{number}',
    fields: { priority: { column: 'priority' }, team: { column: 'team', as: 'team' } },
    ...more,
  });
const withRestored = mapping({
  fields: {
    priority: { column: 'priority' },
    serviceRestoredAt: { column: 'restored', as: 'instant', inStates: ['resolved', 'closed'] },
  },
});

/** Rows "7 09:00 New" (of March 2016, a Monday), built and measured as an import does. */
function brought(rows: readonly string[], by = mapping(), agreements = [agreed('resume_excluding_gap')]) {
  const names = ['number', 'at', 'state', 'priority', 'team', 'restored', 'seq'];
  const reader = rowReader(incidentRecord, by, names);
  const rowsRead = rows.map((row, index) => {
    const [of = '', time = '', state = '', restored = '?', team = '?'] = row.split(' ');
    const full = (text: string) => (text === '?' ? '?' : text.replace('T', '/3/2016 '));
    const month = of.includes('/') ? `${of}/2016` : `${of}/3/2016`;
    const cells = ['I', `${month} ${time}`, state, 'P3', team, full(restored), String(index)];
    return whole(reader.timed({ line: index + 1, cells }));
  });
  const ordered = inOrder(rowsRead, reader.readTime).map((row) => whole(reader.values(row)));
  const given = { service: 'service' };
  const building = {
    definition: incidentRecord,
    mapping: by,
    observing: incidentObserving,
    given,
    idOf: ({ name }: { name: string }) => name,
  };
  const built = build(building, untold(), ordered);
  const termsAt = (openedAt: string) => {
    const agreement = agreements.find(({ from, to }) => from <= openedAt && (to === null || to > openedAt));
    return agreement ? termsOf(agreement, 'P3') : null;
  };
  const measuring = {
    definition: incidentRecord,
    given,
    customer: 'customer',
    now: '2016-12-01T00:00:00.000Z',
    termsAt,
  };
  const { kept, values } = measured(
    measuring,
    { id: 'I', steps: built.steps, states: built.states, fields: built.fields, isKnown: false },
    [],
  );
  if (!kept.fact) throw new Error('nothing was measured');
  return { fact: kept.fact, clocks: kept.clocks, values, steps: built.fresh };
}
function whole<T>(row: T | string): T {
  if (isFaulty(row)) throw new Error(row);
  return row;
}
const minutes = (...given: Parameters<typeof brought>) => {
  const { workedMinutes, waitedMinutes, reopens } = brought(...given).fact;
  return [workedMinutes, waitedMinutes, reopens];
};

describe('the time to restore an observed incident', () => {
  const reopened = ['7 09:00 New', '7 10:00 Active', '7 11:00 Resolved', '8 11:00 Active', '8 12:00 Resolved'];

  it('leaves out the time between a resolution and the reopening, or takes it in, as the agreement says', () => {
    expect(minutes(reopened)).toEqual([180, 0, 1]);
    expect(minutes(reopened, mapping(), [agreed('resume_including_gap')])).toEqual([900, 0, 1]);
  });

  it('of several cycles is that of the one that was missed, for a breach stays', () => {
    const late = ['7 09:00 New', '11 11:00 Resolved', '14 11:00 Active', '14 12:00 Resolved'];
    expect(minutes(late, mapping(), [agreed('new_cycle')])).toEqual([3000, 0, 1]);
    expect(minutes(reopened, mapping(), [agreed('new_cycle')])).toEqual([60, 0, 1]);
  });

  it('pauses for the reason that stands, also where the reason alone changes', () => {
    const waits = (first: string, second: string) => [
      '7 09:00 New',
      `7 10:00 ${first}`,
      `7 11:00 ${second}`,
      '7 15:00 Active',
      '7 16:00 Resolved',
    ];
    expect(minutes(waits('User', 'Vendor'))).toEqual([360, 60, 0]);
    expect(minutes(waits('Vendor', 'User'))).toEqual([180, 240, 0]);
  });

  it('is unknown where the source does not know when it was restored: neither nought nor met', () => {
    const { fact } = brought(['7 09:00 Resolved', '7 10:00 Closed'], withRestored);
    expect(fact).toMatchObject({ workedMinutes: null, targetMinutes: null, endedAt: '2016-03-07T08:00:00.000Z' });
    expect(minutes(['7 09:00 New', '7 10:00 Resolved 7T08:30'], withRestored)[0]).toBeNull();
  });

  it('takes a time that the source repeats on every row only where it belongs', () => {
    const last = '8T11:30';
    const rows = ['7 09:00 New', `7 11:00 Resolved ${last}`, '8 11:00 Active', `8 12:00 Resolved ${last}`];
    expect(minutes(rows, withRestored)).toEqual([150, 0, 1]);
  });

  it('is measured by the agreement in force when it was opened, each by its own', () => {
    const both = [
      agreed('resume_excluding_gap', '2016-03-10T00:00:00.000Z', 30),
      agreed('resume_excluding_gap', '2016-03-08T00:00:00.000Z'),
    ];
    const target = (of: number) =>
      brought([`${of} 09:00 New`, `${of} 10:00 Resolved`], mapping(), both).fact.targetMinutes;
    expect([7, 8, 9, 10].map(target)).toEqual([null, 1440, 1440, 30]);
  });

  it('counts touches up to the restoration, and changes of team as hand-overs', () => {
    const rows = [
      '7 09:00 New ? a',
      '7 10:00 Active ? a',
      '7 11:00 Active ? b',
      '7 12:00 Resolved ? b',
      '7 13:00 Closed ? b',
    ];
    expect(brought(rows).fact).toMatchObject({ entries: 4, reassignments: 1 });
  });
});

describe('the order of observed rows', () => {
  it('is the sequence of the source, which also tells which of two equal hours is meant', () => {
    const rows = ['30/10 01:30 New', '30/10 02:50 Active', '30/10 02:10 Resolved'];
    const { steps } = brought(rows, mapping({ order: 'seq' }));
    expect(steps.map(({ to, occurredAt }) => [to, occurredAt.slice(11, 16)])).toEqual([
      ['new', '23:30'],
      ['in_progress', '00:50'],
      ['resolved', '01:10'],
    ]);
    expect(brought(rows).steps.map(({ to }) => to)).toEqual(['new', 'resolved', 'in_progress']);
  });
});

describe('the clocks of an incident that may go on', () => {
  it('stand as they were observed: answered, and without the time that waited for the customer', () => {
    const { clocks, values } = brought(['4 09:00 New', '4 09:20 Active', '4 10:00 User', '7 09:00 Active']);
    const at = Date.parse('2016-03-07T10:12:00.000Z');
    const shown = clocks.map(({ kind, stopwatch, calendar }) => {
      const { state, elapsedBusinessMs } = read(stopwatch, calendar, at);
      return [kind, state, elapsedBusinessMs / 60_000];
    });
    expect(shown).toEqual([
      ['response', 'met', 20],
      ['restore', 'running', 192],
    ]);
    expect(values).toMatchObject({ breached: true, nextDueAt: expect.any(String) });
  });

  it('are kept for none that is over', () => {
    const { clocks, values } = brought(['7 09:00 New', '7 10:00 Resolved', '7 11:00 Closed']);
    expect(clocks).toEqual([]);
    expect(values).toMatchObject({ breached: false });
  });
});
