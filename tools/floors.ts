/**
 * The folders of core as floors of a house, the lowest first: each stands on those before it, and imports none that comes after.
 * A folder within a folder is a floor of its own where it is listed. Screens (`ui`) stand apart: no floor imports them.
 */
export const floors = [
  // Tables that are looked up by names from outside, and the forms of what is given.
  'names',
  'refusal',
  'database',
  'clock',
  'money',
  'permission',
  // What an entry is and how it is sealed; who reads the journal stands above all that writes it.
  'journal/format',
  'lifecycle',
  'record/define',
  'record/act',
  'record/read',
  'record/relate',
  'record/edit',
  'share',
  'record/observe',
  'decision',
  'trace',
  'record/page',
  'journal',
  'party',
  'jobs',
  'http',
  'trait',
  'import',
] as const;

const byLength = [...floors].toSorted((one, other) => other.length - one.length);

/** The floor that a file of core stands on; `ui` for a screen, undefined where its folder is not listed. */
export function floorOf(path: string): string | undefined {
  const folder = path.split('/').slice(1, -1).join('/');
  if (folder.split('/').includes('ui')) return 'ui';
  return byLength.find((floor) => folder === floor || folder.startsWith(`${floor}/`));
}

/** Whether a file of one floor may import a file of another. */
export function standsOn(one: string | undefined, other: string | undefined): boolean {
  if (one === 'ui' || one === other) return true;
  const order: readonly (string | undefined)[] = floors;
  return order.includes(one) && order.includes(other) && order.indexOf(other) < order.indexOf(one);
}
