import { describe, expect, it } from 'vitest';
import { judgeMapping } from '../../import/judge.ts';
import { createRegistry } from '../../../app/server/registry.ts';
import type { LookedColumn } from './contract.ts';
import { guessMapping, meaningOf } from './guess.ts';

const column = (name: string, ...words: string[]): LookedColumn => ({ name, times: 1, words, isMore: false, empty: 0 });
const definition = createRegistry().records.get('incident')?.definition;
if (!definition) throw new Error('no such record type');

describe('a first mapping', () => {
  const columns = [
    column('Ticket ID', 'T-1', 'T-2'),
    column('Summary', 'No receipt'),
    column('Status', 'New', 'In Progress', 'Waiting on Fred'),
    column('Updated', '9/3/2026 14:05', '25/3/2026 8:00'),
    column('Priority', 'P1', '3 - Low', '?'),
    column('Urgency', '1 - High', '3 - Low'),
    column('Assigned to', 'Ann'),
    column('Shoe size', '44'),
  ];
  const mapping = guessMapping({ definition, columns, fileName: 'desk export_2026-03.csv', zone: 'Europe/London' });

  it('finds what every mapping needs by what sources call it', () => {
    const { key, title, occurredAt, timeFormat, missing, source, state } = mapping;
    expect({ key, title, occurredAt, timeFormat, missing, source }).toEqual({
      key: 'Ticket ID',
      title: '{Summary}',
      occurredAt: 'Updated',
      timeFormat: 'd/M/yyyy HH:mm',
      missing: ['?'],
      source: 'desk export',
    });
    expect(state).toEqual({
      column: 'Status',
      values: { New: { state: 'new' }, 'In Progress': { state: 'in_progress' }, 'Waiting on Fred': { state: null } },
    });
  });

  it('fills fields of a like name, and the words of a choice that it knows', () => {
    expect(mapping.fields).toEqual({
      urgency: { column: 'Urgency', as: 'text', values: { '1 - High': 'high', '3 - Low': 'low' } },
      priority: { column: 'Priority', as: 'text', values: { P1: 'P1' } },
      assignee: { column: 'Assigned to', as: 'customer_person' },
    });
  });

  it('is one that the server does not fault', () => {
    expect(judgeMapping(definition, mapping)).toEqual([]);
  });

  it('takes no column that stands twice', () => {
    const twice = columns.map((each) => (each.name === 'Ticket ID' ? { ...each, times: 2 } : each));
    expect(guessMapping({ definition, columns: twice, fileName: 'x', zone: 'UTC' }).key).toBe('');
  });

  it.each([
    ['Resolved', 'resolved'],
    ['constructor', undefined],
    ['Closed Complete', 'closed'],
    ['new', 'new'],
    ['x', undefined],
  ])('takes %s for %s', (word, state) => {
    expect(meaningOf(word, { new: 'New', resolved: 'Resolved', closed: 'Closed' })).toBe(state);
  });
});
