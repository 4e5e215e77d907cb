/** Wakes whoever waits for the journal; one LISTEN connection a process. */
export interface JournalBell {
  onRing: (listener: () => void) => () => void;
  close: () => Promise<void>;
}
