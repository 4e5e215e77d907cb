import type { RecordDefinition } from './define.ts';

/** What it is called to make one by hand: "New incident", unless its type says otherwise. */
export const actOf = ({ byHand, label }: RecordDefinition): string => byHand?.act ?? `New ${label.toLowerCase()}`;
