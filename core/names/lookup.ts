/**
 * A table that is looked up by names from outside: it answers to those that are written in it and to no other, where a plain
 * object answers to `constructor` and `__proto__` as well. It cannot be altered.
 * @example const channels: Readonly<Record<string, Channel>> = lookup({ ui: 'ui', cli: 'cli' });
 */
export function lookup<T extends object>(entries: T): T {
  return Object.freeze(Object.assign(Object.create(null) as T, entries)); // it has what T has, of itself
}
