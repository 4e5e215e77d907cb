import { describe, expect, it } from 'vitest';
import { defineLifecycle } from '../lifecycle/lifecycle.ts';
import { defineRecord } from '../record/define/define.ts';
import { choice, date, instant, integer, json, person, reference, team, text } from '../record/define/fields.ts';
import { judgeHeader, judgeMapping } from './judge.ts';
import { mappingSchema } from './mapping.ts';
import { isFaulty, rowReader } from './read.ts';

const definition = defineRecord({
  type: 'ticket',
  prefix: 'TIC',
  stage: 'operation',
  path: 'tickets',
  table: 'operation.ticket',
  label: 'Ticket',
  plural: 'Tickets',
  layout: 'case',
  purpose: 'Something to be done.',
  traits: { source: {} },
  fields: {
    kind: choice({ label: 'Kind', options: { fault: 'Fault', question: 'Question' } }),
    place: text({ label: 'Place', max: 10 }),
    count: integer({ label: 'Count', min: 0 }),
    begunAt: instant({ label: 'Begun' }),
    dueOn: date({ label: 'Due' }),
    worker: person({ label: 'Worker' }),
    group: team({ label: 'Group' }),
    part: reference({ label: 'Part', types: ['component'] }),
    parent: reference({ label: 'Parent', types: ['ticket'] }),
    extra: json({ label: 'Extra' }),
  },
  lifecycle: defineLifecycle({
    initial: 'open',
    states: { open: { label: 'Open', tone: 'running' }, done: { label: 'Done', tone: 'good', final: true } },
    create: { who: ['ADM'] },
    edit: { who: ['ADM'] },
    moves: { end: { label: 'End', from: ['open'], to: 'done', who: ['ADM'] } },
  }),
  columns: [],
});

const right = {
  format: 1,
  source: 'tickets',
  zone: 'UTC',
  timeFormat: 'iso',
  missing: ['-'],
  key: 'Key',
  occurredAt: 'Updated at',
  state: { column: 'State', values: { Open: { state: 'open' }, Done: { state: 'done' } } },
  title: '{Short text} ({Straße, Nr.})',
  fields: {},
};
const mapping = (by: object = {}) => mappingSchema.parse({ ...right, ...by });
const faults = (by: object) => judgeMapping(definition, mapping(by)).map(({ code, field }) => [code, field]);

describe('a mapping', () => {
  it('that fits its record has no fault', () => {
    expect(
      faults({
        by: { column: 'Editor', as: 'provider_person', key: 'Editor id' },
        state: { column: 'State', values: { Open: { state: 'open', kind: 'fault' }, Odd: { state: null } } },
        fields: {
          kind: { column: 'K', values: { F: 'fault', Q: 'question' } },
          place: { column: 'P' },
          count: { column: 'N', as: 'integer', inStates: ['done'] },
          begunAt: { column: 'B', as: 'instant' },
          dueOn: { column: 'D', as: 'date' },
          worker: { column: 'W', as: 'provider_person', key: 'W id' },
          group: { column: 'G', as: 'team', key: 'G id' },
          part: { column: 'C', as: 'component' },
        },
      }),
    ).toEqual([]);
  });

  it('is told all its faults together, each where it stands', () => {
    expect(
      faults({
        zone: 'Mars/Olympus',
        title: '{Short text',
        by: { column: 'Editor', as: 'team' },
        state: {
          column: 'State',
          values: {
            Open: { state: 'opened' },
            Done: { state: 'done', kind: 'other', sort: 'x' },
            toString: { state: 'constructor' },
          },
        },
        fields: {
          kindd: { column: 'K' },
          constructor: { column: 'K' },
          kind: { column: 'K', values: { F: 'fualt' } },
          begunAt: { column: 'B' },
          count: { column: 'N', as: 'integer', values: { many: 'a lot' }, inStates: ['dome'] },
          worker: { column: 'W', as: 'team' },
          part: { column: 'C', as: 'component', key: 'C id' },
          parent: { column: 'P' },
          extra: { column: 'X' },
          place: { column: 'P', values: { x: 'much too long a place' } },
        },
      }),
    ).toEqual([
      ['import.times', 'zone'],
      ['import.mapping-title', 'title'],
      ['import.mapping-state', 'state.values.Open'],
      ['import.mapping-value', 'state.values.Done'],
      ['import.mapping-field', 'state.values.Done'],
      ['import.mapping-state', 'state.values.toString'],
      ['import.mapping-field', 'fields.kindd'],
      ['import.mapping-field', 'fields.constructor'],
      ['import.mapping-value', 'fields.kind'],
      ['import.mapping-kind', 'fields.begunAt'],
      ['import.mapping-value', 'fields.count'],
      ['import.mapping-state', 'fields.count'],
      ['import.mapping-kind', 'fields.worker'],
      ['import.mapping-kind', 'fields.part'],
      ['import.mapping-kind', 'fields.parent'],
      ['import.mapping-kind', 'fields.extra'],
      ['import.mapping-value', 'fields.place'],
      ['import.mapping-kind', 'by'],
    ]);
  });

  it('says what an instant needs', () => {
    const [fault] = judgeMapping(definition, mapping({ fields: { begunAt: { column: 'B' } } }));
    expect([fault?.sentence, fault?.hint]).toEqual(['begunAt is an instant, not a text.', 'Write "as": "instant".']);
  });

  it('needs each column that it reads, once', () => {
    const codes = (names: string[]) => judgeHeader('log.csv', mapping(), names).map(({ code }) => code);
    const names = ['Key', 'Updated at', 'State', 'Short text', 'Straße, Nr.'];
    expect([
      codes(names),
      codes([...names, 'Note', 'Note']),
      codes([...names, 'State']),
      codes(names.slice(1)),
    ]).toEqual([[], [], ['import.column-twice'], ['import.columns']]);
  });
});

describe('a row', () => {
  const names = ['Key', 'Updated at', 'State', 'Short text', 'Straße, Nr.', 'K', 'N', 'P', 'W'];
  const fields = {
    kind: { column: 'K', values: { F: 'fault' } },
    count: { column: 'N', as: 'integer' },
    place: { column: 'P' },
    worker: { column: 'W', as: 'provider_person' },
  };
  const read = (...cells: string[]) => {
    const reader = rowReader(definition, mapping({ fields }), names);
    const timed = reader.timed({
      line: 2,
      cells: [
        ...cells,
        ...['1', '2026-01-01', 'Open', 'Lamp', 'Am Berg 1', 'F', '3', 'Hall', 'Ann'].slice(cells.length),
      ],
    });
    return isFaulty(timed) ? timed : reader.values(timed);
  };

  it.each([
    ['', 'Key says nothing: the row belongs to no record'],
    ['-', 'Key says nothing: the row belongs to no record'],
    ['k'.repeat(201), 'Key is longer than 200 characters'],
    ['1', 'Updated at is no time: "now"', 'now'],
    ['1', 'State has a value that the mapping does not know: "Open "', '2026-01-01', 'Open '],
    ['1', 'State has a value that the mapping does not know: nothing', '2026-01-01', '-'],
    ['1', 'State has a value that the mapping does not know: "Open\\u00a0"', '2026-01-01', 'Open\u00a0'],
    ['1', 'Short text holds a character that no text may hold: "a\\u0000b"', '2026-01-01', 'Open', 'a\0b'],
    ['1', 'Short text holds a character that no text may hold: "a\ufffd"', '2026-01-01', 'Open', 'a\ud83d'],
    ['1', 'K has a value that the mapping does not know: "toString"', '2026-01-01', 'Open', 'x', 'y', 'toString'],
    ['1', 'N cannot be read: "-1"', '2026-01-01', 'Open', 'x', 'y', 'F', '-1'],
    [
      '1',
      'P is longer than 10 characters: "In the large hall"',
      '2026-01-01',
      'Open',
      'x',
      'y',
      'F',
      '1',
      'In the large hall',
    ],
    [
      '1',
      'W is longer than 300 characters: "' + 'W'.repeat(40) + '…"',
      '2026-01-01',
      'Open',
      'x',
      'y',
      'F',
      '1',
      'Hall',
      'W'.repeat(301),
    ],
  ])('of key %j is rejected: %s', (key, reason, ...rest) => {
    expect(read(key, ...rest)).toBe(reason);
  });

  it('has its title on one line, cut between characters', () => {
    const family = '👨‍👩‍👧';
    const title = (words: string) => {
      const row = read('1', '2026-01-01', 'Open', words);
      return isFaulty(row) ? row : row.values['title'];
    };
    expect(title('Lamp\r\n is  out')).toBe('Lamp is  out (Am Berg 1)');
    expect(title(`${'x'.repeat(296)}${family}`)).toBe('x'.repeat(296));
    expect(title(`${'x'.repeat(299)}😀`)).toBe('x'.repeat(299));
  });
});
