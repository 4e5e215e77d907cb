// The record page that stands tells the palette which moves it offers.
import { createStore } from '../store.ts';

export interface OpenMoves {
  ref: string;
  moves: readonly { name: string; label: string; run: () => void }[];
}

export const openMoves = createStore<OpenMoves | null>(null);
