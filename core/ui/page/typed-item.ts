/** What is typed at an item of a checklist and not sent. */
export interface TypedItem {
  statement: string;
  /** Why it is returned, or does not apply. */
  words: string;
  /** The version that stood when typing began. */
  version: number;
}

/** What stays typed once something was done with the item: what was sent is gone, a statement that was not sent stays. */
export function leftOver(
  { statement }: TypedItem,
  sent: Readonly<Record<string, unknown>>,
  after: { version: number; statement: string | null },
): TypedItem | null {
  if ('statement' in sent || statement === (after.statement ?? '')) return null;
  return { statement, words: '', version: after.version };
}
