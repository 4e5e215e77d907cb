import { expect, it } from 'vitest';
import { leadsToEdit } from './leads-to-edit.ts';
import { defineLifecycle } from './lifecycle.ts';

const lifecycle = defineLifecycle({
  initial: 'draft',
  states: {
    draft: { label: 'Draft', tone: 'neutral', editable: true },
    checked: { label: 'Checked', tone: 'running' },
    agreed: { label: 'Agreed', tone: 'good' },
    kept: { label: 'Kept', tone: 'good' },
    gone: { label: 'Gone', tone: 'unknown', final: true },
  },
  create: { who: ['*'] },
  edit: { who: ['*'] },
  moves: {
    check: { label: 'Check', from: ['draft'], to: 'checked', who: ['*'] },
    agree: { label: 'Agree', from: ['checked'], to: 'agreed', who: ['*'] },
    return: { label: 'Return', from: ['checked'], to: 'draft', who: ['*'], back: true },
    doubt: { label: 'Doubt', from: ['agreed'], to: 'checked', who: ['*'], back: true },
    keep: { label: 'Keep', from: ['agreed'], to: 'kept', who: ['*'] },
    expire: { label: 'Expire', from: ['kept'], to: 'draft', who: ['system'] },
    remove: { label: 'Remove', from: ['kept'], to: 'gone', who: ['*'] },
  },
});

it('is true where people can move it to an editable state, however far, and false where only the system can, or nobody', () => {
  const states = ['checked', 'agreed', 'kept', 'gone'];
  expect(states.map((state) => [state, leadsToEdit(lifecycle, state)])).toEqual([
    ['checked', true],
    ['agreed', true],
    ['kept', false],
    ['gone', false],
  ]);
});
