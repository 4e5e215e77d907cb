// Every key a page binds stands in one register: the `?` overlay reads the same one, so it cannot list a key that is not bound.
import { useEffect, useRef } from 'react';
import { createStore, useStore } from './store.ts';

export interface Binding {
  /** As `KeyboardEvent.key`; `mod+` for Ctrl or Command, `shift+` where Shift makes no other character. */
  key: string;
  label: string;
  /** Works also while a text field has the focus. */
  always?: true;
  run: (press: KeyboardEvent) => void;
}

interface Registered {
  key: string;
  label: string;
}

const bound = createStore<readonly Registered[]>([]);
const switchName = 'servicewright.single-keys';
const stored = () => (typeof localStorage === 'undefined' ? null : localStorage.getItem(switchName));

/** Single-character keys can be switched off (WCAG 2.1.4). */
export const singleKeys = createStore(stored() !== 'off');

export function switchSingleKeys(on: boolean) {
  localStorage.setItem(switchName, on ? 'on' : 'off');
  singleKeys.set(on);
}

export function useBoundKeys(): readonly Registered[] {
  return useStore(bound);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
  !['checkbox', 'radio'].includes(target.getAttribute('type') ?? '');
/** What a control does with the key by itself: a link follows Enter, and leaves Space alone. */
const isTaken = (key: string, target: EventTarget | null) => {
  if (!(target instanceof HTMLElement)) return false;
  if (key === 'Enter') return ['A', 'BUTTON', 'SUMMARY'].includes(target.tagName);
  return key === ' ' && ['BUTTON', 'SUMMARY', 'INPUT'].includes(target.tagName);
};
const inDialog = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The letter of a press: where the layout writes another script, the one that stands on the same key of a Latin layout. */
function letterOf({ key, code }: Press): string | undefined {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^\p{L}$/u.test(key) ? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() : undefined;
}

/** How a press is written in a binding: `mod+k`, `shift+x`, `?`. Caps Lock is no Shift, and no layout is left out. */
export function writtenKey(press: Press): string {
  const letter = letterOf(press);
  const mod = press.ctrlKey || press.metaKey ? 'mod+' : '';
  const isShifted = press.shiftKey && (letter !== undefined || press.key.length > 1);
  return `${mod}${press.altKey ? 'alt+' : ''}${isShifted ? 'shift+' : ''}${letter ?? press.key}`;
}

function mayRun(binding: Binding, press: KeyboardEvent): boolean {
  if (binding.always) return true;
  if (isTyping(press.target) || inDialog()) return false;
  if (!binding.key.includes('mod+') && !singleKeys.get()) return false;
  return !isTaken(press.key, press.target);
}

/** Binds keys while the component stands on the page. */
export function useKeys(bindings: readonly Binding[]) {
  const current = useRef(bindings);
  useEffect(() => {
    current.current = bindings;
  });
  const names = bindings.map((each) => `${each.key}\n${each.label}`).join('\r');
  useEffect(() => {
    const handlePress = (press: KeyboardEvent) => {
      if (press.isComposing) return;
      const binding = current.current.find((each) => each.key === writtenKey(press));
      if (!binding || press.defaultPrevented || !mayRun(binding, press)) return;
      press.preventDefault();
      binding.run(press);
    };
    document.addEventListener('keydown', handlePress);
    return () => document.removeEventListener('keydown', handlePress);
  }, []);
  useEffect(() => {
    const mine = names
      .split('\r')
      .filter(Boolean)
      .map((line) => {
        const [key = '', label = ''] = line.split('\n');
        return { key, label };
      });
    bound.set([...bound.get(), ...mine]);
    return () => bound.set(bound.get().filter((each) => !mine.includes(each)));
  }, [names]);
}
