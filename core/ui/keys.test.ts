import { expect, it } from 'vitest';
import { writtenKey } from './keys.ts';

const press = (key: string, code: string, held: object = {}) =>
  writtenKey({ key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

it.each([
  ['a Latin letter', press('k', 'KeyK', { ctrlKey: true }), 'mod+k'],
  ['the same with Caps Lock', press('K', 'KeyK', { ctrlKey: true }), 'mod+k'],
  ['the key of k on a Russian layout', press('л', 'KeyK', { ctrlKey: true }), 'mod+k'],
  ['on a Greek one', press('κ', 'KeyK', { metaKey: true }), 'mod+k'],
  ['on a Russian one with Caps Lock', press('О', 'KeyJ'), 'j'],
  ['a letter where another layout has it', press('k', 'KeyV', { ctrlKey: true }), 'mod+k'],
  ['Caps Lock is no Shift', press('X', 'KeyX'), 'x'],
  ['Shift is Shift', press('X', 'KeyX', { shiftKey: true }), 'shift+x'],
  ['also with Caps Lock', press('x', 'KeyX', { shiftKey: true }), 'shift+x'],
  ['a sign that Shift makes', press('?', 'Slash', { shiftKey: true }), '?'],
  ['a named key', press('Enter', 'Enter', { shiftKey: true }), 'shift+Enter'],
  ['space', press(' ', 'Space'), ' '],
])('%s', (_, written, expected) => expect(written).toBe(expected));
