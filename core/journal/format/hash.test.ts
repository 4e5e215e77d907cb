import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, commitment, contentHash, entryHash, newSalt, sha256 } from './hash.ts';
import type { Json, JournalEntryBody } from './hash.ts';

const salt = '000102030405060708090a0b0c0d0e0f';

const entry: JournalEntryBody = {
  format: 1,
  providerId: '0190a000-0000-7000-8000-000000000001',
  recordId: '0190a000-0000-7000-8000-000000000002',
  recordType: 'ticket',
  version: 3,
  kind: 'moved',
  occurredAt: '2026-06-19T16:24:00.000Z',
  recordedAt: '2026-06-19T16:25:10.123Z',
  actorId: '0190a000-0000-7000-8000-000000000003',
  actorKind: 'person',
  onBehalfOf: null,
  channel: 'api',
  move: 'assign',
  from: 'new',
  to: 'assigned',
  edits: { title: 'Zürich – “slots”', effort: 1.5, reporter: { commitment: commitment(salt, 'Ada') } },
  reasonCode: null,
  reason: null,
  cause: null,
  decisionId: null,
  source: null,
  contentHash: sha256('content'),
  previousHash: null,
};

/** One other valid value per field, to prove that each field counts. */
const altered: { [Key in Exclude<keyof JournalEntryBody, 'format'>]: JournalEntryBody[Key] } = {
  providerId: 'p',
  recordId: 'r',
  recordType: 't',
  version: 4,
  kind: 'edited',
  occurredAt: '2026-06-19T16:24:00.001Z',
  recordedAt: '2026-06-19T16:25:10.124Z',
  actorId: null,
  actorKind: 'system',
  onBehalfOf: 'x',
  channel: 'cli',
  move: null,
  from: null,
  to: null,
  edits: {},
  reasonCode: 'r',
  reason: 'r',
  cause: 'c',
  decisionId: 'd',
  source: { system: 's' },
  contentHash: sha256('other'),
  previousHash: sha256('previous'),
};

describe('canonical JSON', () => {
  it('writes the example of RFC 8785 section 3.2.2 as section 3.2.3 prints it', () => {
    const value = {
      numbers: ['333333333.33333329', '1E30', '4.50', '2e-3', '0.000000000000000000000000001'].map(Number),
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('does not depend on the order in which keys were written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonical(turned as Json)).toBe(canonical(value as Json));
      }),
    );
  });

  const notJson: [string, unknown][] = [
    ['undefined', undefined],
    ['undefined in an object', { a: undefined }],
    ['a hole in a list', Array.from({ length: 1 })],
    ['NaN', [NaN]],
    ['Infinity', { a: { b: Infinity } }],
    ['a date', new Date(0)],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a map', new Map()],
    ['a lone surrogate', '\ud800'],
  ];
  it.each(notJson)('throws on %s', (_, value) => {
    expect(() => canonical(value as Json)).toThrow(/JSON|surrogate/);
  });
});

describe('entry hash', () => {
  it('has not drifted from format 1', () => {
    expect(entryHash(entry)).toBe('6db20fc6de72992eaf9a3f010901f2a8af47605d1f201e4a22844f03613c1742');
  });

  it.each(Object.keys(altered) as (keyof typeof altered)[])('alters when %s alters', (field) => {
    expect(entryHash({ ...entry, [field]: altered[field] })).not.toBe(entryHash(entry));
  });

  it('does not count what format 1 does not name, such as the place in the journal', () => {
    const stored = { ...entry, seq: 17 };
    expect(entryHash(stored)).toBe(entryHash(entry));
  });

  it('refuses an instant that would read back from the database as another text', () => {
    expect(() => entryHash({ ...entry, occurredAt: '2026-06-19T16:24:00Z' })).toThrow('occurredAt');
  });
});

describe('content hash and commitments', () => {
  const content = {
    type: 'ticket',
    id: '1',
    fields: { title: 'a', tags: ['x', 'y'] },
    personal: { reporter: commitment(salt, 'Ada') },
  };

  it('have not drifted from format 1', () => {
    expect(commitment(salt, 'Ada')).toBe('c1:f5d1bba9c850167ed0699869ffa418c1fb7c55ec2d5985a45688005b9b2e850d');
    expect(contentHash(content)).toBe('e112b796cb93649847ac45eca6adf260cc9b05341acf3799f48350ab487b3ccd');
  });

  it('tell the order of a list and the value behind a commitment apart', () => {
    expect(contentHash({ ...content, fields: { title: 'a', tags: ['y', 'x'] } })).not.toBe(contentHash(content));
    expect(contentHash({ ...content, personal: { reporter: commitment(salt, 'Eve') } })).not.toBe(contentHash(content));
  });

  it('give one value two commitments under two salts', () => {
    expect(commitment(newSalt(), 'Ada')).not.toBe(commitment(newSalt(), 'Ada'));
  });
});
