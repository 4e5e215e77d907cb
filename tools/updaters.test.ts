import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const isFunction = (node: unknown): node is Node =>
  isNode(node) && (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression');
const isSetter = (callee: unknown) =>
  isNode(callee) && callee.type === 'Identifier' && /^set[A-Z]/.test(String(callee.name));

/** Whether somewhere within, `.currentTarget` of an event is read. */
function readsTarget(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(readsTarget);
  if (!isNode(node)) return false;
  const { type, property } = node;
  if (type === 'MemberExpression' && isNode(property) && property.name === 'currentTarget') return true;
  return Object.values(node).some(readsTarget);
}

/** Updaters (`setX((before) => ...)`) that read an event: React may run them when the event is over and its target is null. */
function lateReads(node: unknown): number[] {
  if (Array.isArray(node)) return node.flatMap(lateReads);
  if (!isNode(node)) return [];
  const handed = node.type === 'CallExpression' && isSetter(node.callee) && Array.isArray(node.arguments);
  const late = handed ? (node.arguments as unknown[]).filter((each) => isFunction(each) && readsTarget(each)) : [];
  return [...late.map(() => Number(node.start)), ...Object.values(node).flatMap(lateReads)];
}

const lateIn = (path: string, text: string) =>
  lateReads(parseSync(path, text).program).map((at) => `${path}:${text.slice(0, at).split('\n').length}`);

it('finds an updater that reads an event too late', () => {
  const late = 'const a = (e) => setDraft((before) => ({ ...before, reason: e.currentTarget.value }));';
  const early = 'const b = ({ currentTarget: { value } }) => setDraft((before) => ({ ...before, value }));';
  expect(lateIn('a.tsx', `${early}\n${late}`)).toEqual(['a.tsx:2']);
});

it('no screen reads an event inside a state updater: take the value before it', () => {
  const paths = globSync('**/*.tsx', { cwd: root, exclude: ['node_modules', 'dist', 'data'] });
  expect(paths.flatMap((path) => lateIn(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
});
