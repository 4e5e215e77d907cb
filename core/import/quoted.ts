/**
 * A text of the source as a message shows it: in quotes, so that blanks at its ends are seen; what no eye sees, by its number.
 * @example quoted('Resolved ') // '"Resolved "'
 */
export function quoted(text: string | null, most = 80): string {
  if (text === null || text === '') return 'nothing';
  const shown = text.length > most ? `${text.slice(0, most)}…` : text;
  return `"${shown.toWellFormed().replaceAll(unseen, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)}"`;
}

// Control and format characters, and blanks other than the common one.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
