import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextAddress } from './next.ts';

const origin = 'https://desk.example';
const nowhere = [
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\\evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%2e//evil.example',
  ' //evil.example',
  '',
];

// Looked at besides: every other address that a screen follows is built from the app's own paths; no other comes from a parameter.
it('is never another site', () => {
  for (const next of nowhere) expect([next, nextAddress(next, origin)]).toEqual([next, '/']);
  const part = fc.constantFrom('/', '\\', '\t', '\n', '\r', '.', '..', '@', ':', '?', '#', '%2f', 'evil.example', 'a');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const followed = new URL(nextAddress(parts.join(''), origin), origin);
      expect(followed.origin).toBe(origin);
    }),
  );
});

it('is the page that was asked for', () => {
  for (const next of ['/', '/incidents?state=new', '/records/INC-12#history', '/search?q=a%2Fb'])
    expect(nextAddress(next, origin)).toBe(next);
  expect(nextAddress(null, origin)).toBe('/');
});
