import { expect, it } from 'vitest';
import { refusalsMade } from './refusal-calls.ts';

const madeIn = (...texts: string[]) =>
  refusalsMade(texts.map((text, at) => ({ path: `${at}.ts`, text }))).map(({ code, sentences, hints, path }) =>
    [code, ...sentences, ...hints, path].join(' | '),
  );

it('finds what a refusal says, with a name for what is known only then', () => {
  expect(madeIn("refusal('a.late', `${ref} ends ${day ?? 'never'}.`, 'Wait.');")).toEqual([
    'a.late | {ref} ends {day}. | Wait. | 0.ts',
  ]);
});

it('tells each way in which one can be said', () => {
  expect(madeIn("const why = it.is ? 'Late.' : 'Early.'; refusal('a.time', why, 'Wait.', 'day');")).toEqual([
    'a.time | Late. | Early. | Wait. | 0.ts',
  ]);
});

it('follows a code that is handed in, to each call and each file', () => {
  const helper = 'export const stands = (gate, { hint }) => [refusal(`a.${gate.toLowerCase()}`, `No ${gate}.`, hint)];';
  expect(madeIn(helper, "stands('P5', { hint: 'Ask.' });", "stands('G4', { hint: 'Wait.' });")).toEqual([
    'a.p5 | No P5. | Ask. | 1.ts',
    'a.g4 | No G4. | Wait. | 2.ts',
  ]);
});

it('does not pass over a code that it cannot tell', () => {
  expect(() => madeIn("refusal(`a.${words(x)}`, 'No.', 'Ask.');")).toThrow('0.ts: which codes is a.{x}?');
});
