import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { factsOf, sourceFiles } from './source.ts';

const root = join(import.meta.dirname, '..');

const locked = z.object({
  optional: z.boolean().optional(),
  resolved: z.string().optional(),
  engines: z.union([z.record(z.string(), z.string()), z.array(z.string())]).optional(),
});
const lockfile = z
  .object({ packages: z.record(z.string(), locked) })
  .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
const packages = Object.entries(lockfile.packages);

/** Whether a range such as `^20.19.0 || >=22.12.0` has a version 20 in it; x-ranges and `*` take any. */
function takesNode20(range: string): boolean {
  return range.split('||').some((part) => {
    const [, sign = '', major = '20'] = /^\s*(>=|>|\^|~|<=?|=)?\s*v?(\d+)/.exec(part) ?? [];
    return sign.startsWith('>')
      ? Number(major) <= 20
      : sign.startsWith('<')
        ? Number(major) >= 20
        : Number(major) === 20;
  });
}

test.each([
  ['>=16', true],
  ['^20.19.0 || >=22.12.0', true],
  ['*', true],
  ['>= 22', false],
  ['^22.13.0 || >=24', false],
])('a package for Node %s takes Node 20: %s', (range, expected) => {
  expect(takesNode20(range)).toBe(expected);
});

test('Node 20 skips no optional package: npm would leave it out without a word', () => {
  const skipped = packages.filter(([, { optional, engines }]) => {
    const range = engines && !Array.isArray(engines) ? engines.node : undefined;
    return optional && range !== undefined && !takesNode20(range);
  });
  expect(skipped.map(([name]) => name)).toEqual([]);
});

test('the lockfile names no download addresses, so that it works with any registry', () => {
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([name]) => name)).toEqual([]);
});

// A server keeps the dependencies and nothing else: see keepOnly in tools/node.mjs.
test('what the server imports are dependencies, not tools', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>; // npm writes it so
  };
  const isServers = (path: string) =>
    !/^(?:test|tools)\/|\.test\.|\.config\.|\.web\.ts$|(?:^|\/)(?:ui|web)\//.test(path);
  const missing = sourceFiles(root)
    .filter(({ path }) => isServers(path))
    .flatMap((file) =>
      factsOf(file).imports.flatMap((each) =>
        'package' in each && !each.isType ? [`${file.path}: ${each.package}`] : [],
      ),
    )
    .filter((each) => !each.includes(': node:') && !Object.hasOwn(dependencies, each.split(': ')[1] ?? ''));
  // It builds the pages where they are not built yet, with the tool that stands beside them then.
  expect(missing).toEqual(['app/cli/build-web.ts: vite']);
});
