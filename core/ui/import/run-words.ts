// How an import is told. Pure.
import type { Tone } from '../../lifecycle/lifecycle.ts';
import type { Run } from './contract.ts';
import { lookup } from '../../names/lookup.ts';

const states: Readonly<Record<Run['state'], { word: string; tone: Tone }>> = lookup({
  reading: { word: 'Reading the file', tone: 'running' },
  writing: { word: 'Bringing in', tone: 'running' },
  broken_off: { word: 'Broken off', tone: 'attention' },
  ended: { word: 'Ended', tone: 'good' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
  refused: { word: 'Refused', tone: 'bad' },
  failed: { word: 'Failed', tone: 'bad' },
  taken_back: { word: 'Taken back', tone: 'neutral' },
});

export const stateOf = ({ state }: Pick<Run, 'state'>) => states[state];

export const isUnderWay = ({ state }: Pick<Run, 'state'>): boolean => state === 'reading' || state === 'writing';

/** The share of an import that is done: reading is a fifth of it, as a rule. */
export function shareOf({ state, bytesRead, fileBytes, rowsDone, rowsRead }: Run): number {
  if (state === 'reading') return fileBytes ? (bytesRead / fileBytes) * 0.2 : 0;
  if (state === 'writing') return 0.2 + (rowsRead ? (rowsDone / rowsRead) * 0.8 : 0);
  return 1;
}

/** What remains, no more exactly than it can be known. */
export function leftInWords(seconds: number | null): string {
  if (seconds === null) return 'How long it takes is not known yet.';
  if (seconds < 10) return 'A few seconds are left.';
  if (seconds < 90) return `About ${Math.ceil(seconds / 10) * 10} seconds are left.`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `About ${minutes} minutes are left.` : `About ${Math.round(minutes / 60)} hours are left.`;
}

/** Whether what an import made could be asked back. */
export const mayTakeBack = (run: Run): boolean => !isUnderWay(run) && !['refused', 'taken_back'].includes(run.state);
