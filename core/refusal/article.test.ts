import { expect, it } from 'vitest';
import { withArticle } from './article.ts';

it.each([
  ['Incident', 'an incident'],
  ['Outcome measurement', 'an outcome measurement'],
  ['Release', 'a release'],
])('%s: %s', (label, told) => expect(withArticle(label)).toBe(told));
