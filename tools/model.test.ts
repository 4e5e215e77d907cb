import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gates } from '../handover/gates.ts';
import { metrics } from '../improvement/measurement/metric/metrics.ts';
import { anchorsIn, citationsIn, faults, unresolved } from './model.ts';
import type { Text } from './model.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string | undefined => {
  const file = join(root, path);
  if (!existsSync(file)) return undefined;
  return statSync(file).isDirectory() ? '' : readFileSync(file, 'utf8');
};
const texts = (pattern: string): Text[] =>
  globSync(pattern, { cwd: root, exclude: ['**/node_modules', 'dist', 'data', 'test-results'] })
    .map((path) => path.split(sep).join('/'))
    .map((path) => ({ path, text: read(path) ?? '' }));

const isOfModel = ({ path }: Text): boolean => path.startsWith('docs/model/') || path.startsWith('tools/model');
const pages = texts('docs/model/*.md');
const anchors = anchorsIn(pages);

describe('the model in docs/model', () => {
  it('holds every number that code, SQL, tests and pages cite', () => {
    const files = texts('**/*.{ts,tsx,sql,md,css}').filter((file) => !isOfModel(file));
    expect(unresolved(files, anchors).join('\n')).toBe('');
  });

  it('holds each number once', () => {
    expect(faults(pages, read).join('\n')).toBe('');
  });

  it('is led to and leads on by links that are there, as every other page does', () => {
    expect(faults(texts('**/*.md'), read).join('\n')).toBe('');
  });

  it('cites only itself by number', () => {
    const numbers = pages.flatMap(({ text }) => citationsIn(text).numbers);
    expect(numbers.filter((each) => !anchors.has(each))).toEqual([]);
  });

  it('tells of every gate and of every metric', () => {
    const named = [...gates.keys(), ...metrics.flatMap(({ id }) => /^[A-Z]{2}-\d+/.exec(id)?.[0] ?? [])];
    expect(named.filter((each) => !anchors.has(each))).toEqual([]);
  });
});

describe('a citation', () => {
  const held = anchorsIn([{ path: 'a.md', text: '<a id="E.4.7"></a> <a id="SD10"></a> <a id="V1"></a>' }]);
  const found = (text: string) => unresolved([{ path: 'x.ts', text }], held);

  it.each([
    'as its reason says (model E.4.7)',
    'a side once used stays (SD10), and counts (model E.4.7, SD10)',
    'an hour that is not there (model V1)',
    'version 1.2 of B2, rule 7 and domain names',
  ])('resolves, or is none: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['(model E.4.9)', 'x.ts cites E.4.9: docs/model holds no such number'],
    ['(model E.4.7, INV-3)', 'x.ts cites INV-3: docs/model holds no such number'],
    ['nobody does both (SD2)', 'x.ts cites SD2: docs/model holds no such number'],
    ['(domain E.4.7)', 'x.ts says "domain E.4.7": cite docs/model as "model E.4.7"'],
    ['see E.4.7', 'x.ts says "E.4.7": cite docs/model as "model E.4.7"'],
    ['(rule R7)', 'x.ts says "rule R7": cite docs/model as "model E.4.7"'],
    ['(domain J-8)', 'x.ts says "domain J-8": cite docs/model as "model E.4.7"'],
  ])('that leads nowhere is told: %s', (text, told) => {
    expect(found(text)).toContain(told);
  });
});

describe('a page', () => {
  const other = '# Open time\n<a id="V1"></a>';
  const said = (text: string) =>
    faults(
      [{ path: 'docs/model/a.md', text }],
      (path) => ({ 'docs/model/b.md': other, 'docs/model/a.md': text })[path],
    );

  it('may link to a file, an anchor, a heading and itself', () => {
    expect(
      said('<a id="R1"></a>[1](b.md) [2](b.md#V1) [3](b.md#open-time) [4](#R1) [5](https://example.org/#x)'),
    ).toEqual([]);
  });

  it('is told of links that lead nowhere, and of numbers held twice', () => {
    expect(said('<a id="R1"></a><a id="R1"></a>[1](c.md) [2](b.md#V2) [3](#R2)')).toEqual([
      'R1 is held twice: docs/model/a.md, docs/model/a.md',
      'docs/model/a.md links to c.md: there is no such file',
      'docs/model/a.md links to b.md#V2: there is no such place',
      'docs/model/a.md links to #R2: there is no such place',
    ]);
  });
});
