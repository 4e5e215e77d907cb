import type { Refusal } from '../refusal/refusal.ts';
import { formatDate, formatInstant } from './format.ts';

const onlyDay = /^\d{4}-\d{2}-\d{2}$/;
const inWords = (time: string) => (onlyDay.test(time) ? formatDate(time) : formatInstant(time));

/** A refusal's words with its times as this reader reads them: their zone, their language. */
export function wordsOf({ sentence, hint, times = [] }: Refusal): { sentence: string; hint: string } {
  const told = (text: string) => times.reduce((words, time) => words.replaceAll(time, inWords(time)), text);
  return { sentence: told(sentence), hint: told(hint) };
}

/** As one text, for beneath an input. */
export function inOneLine(refusal: Refusal): string {
  const { sentence, hint } = wordsOf(refusal);
  return hint ? `${sentence} ${hint}` : sentence;
}
