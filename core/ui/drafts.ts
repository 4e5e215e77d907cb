// What was typed and not yet sent: kept by name until it is sent or discarded, through navigation and a reload.

const prefix = 'servicewright.draft.';
const ownerKey = 'servicewright.drafts-of';
const listeners = new Set<() => void>();
// Reading twice must give the same object, or React would draw for ever.
const known = new Map<string, unknown>();

function readDraft(name: string): unknown {
  if (!known.has(name)) {
    const text = sessionStorage.getItem(prefix + name);
    known.set(name, text === null ? undefined : JSON.parse(text));
  }
  return known.get(name);
}

function keepDraft(name: string, value: unknown): void {
  known.set(name, value);
  if (value === undefined) sessionStorage.removeItem(prefix + name);
  else sessionStorage.setItem(prefix + name, JSON.stringify(value));
  for (const listener of listeners) listener();
}

/** All drafts by name; `undefined` is none. */
export const drafts = {
  read: readDraft,
  keep: keepDraft,
  drop: (name: string) => keepDraft(name, undefined),
  dropAll: () => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) drafts.drop(key.slice(prefix.length));
  },
  /** They are one person's: somebody else at the same place finds none. */
  belongTo: (person: string) => {
    if (![null, person].includes(sessionStorage.getItem(ownerKey))) drafts.dropAll();
    sessionStorage.setItem(ownerKey, person);
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
