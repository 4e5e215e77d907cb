// What a file may be called and how many there may be, and how its bytes are told from what its giver says of them. Pure.
import { refusal } from '../../refusal/refusal.ts';
import type { Refusal } from '../../refusal/refusal.ts';

/** One row of bytes. */
export const chunkBytes = 1_048_576;
export const mostBytes = 25 * chunkBytes;
export const mostFiles = 100;
export const longestName = 200;

// Controls, and marks by which a name reads in another order than it is written ("exe.txt" for "txt.exe").
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/** Whether a text names a file, rather than a place or something that is not shown as it is. */
export const isFileName = (name: string): boolean =>
  name.isWellFormed() && !/[/\\]/.test(name) && !hidden.test(name) && !/^\.{0,2}$/.test(name);

const shownAsPictures: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Whether a browser may show it in place: by its bytes alone. */
export const isPicture = (kind: string | null): boolean => kind !== null && shownAsPictures.has(kind);

/**
 * The header by which a browser saves a file under its name, whatever it holds (RFC 6266; the name as RFC 8187 encodes it,
 * with plain letters for old readers).
 * @example dispositionOf('Prüfung 1.pdf') // attachment; filename="Pr_fung 1.pdf"; filename*=UTF-8''Pr%C3%BCfung%201.pdf
 */
export function dispositionOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7E]/gu, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

export const tooMany = (ref: string, most: number): Refusal =>
  refusal('file.too-many', `${ref} holds ${most} files, which is the most.`, 'Remove one that is not needed any more.');

export const notInternal: Refusal = refusal(
  'file.audience',
  'Internal files are for the provider.',
  'Give it so that everybody who sees the record may see it.',
  'audience',
);

export const notYours: Refusal = refusal(
  'file.not-yours',
  'A file is removed by who gave it, or by the provider.',
  'Ask who gave it.',
);

export const isEvidence: Refusal = refusal(
  'file.is-evidence',
  'It was attested as evidence, so it stays.',
  'Attest another file; decisions go on resting on what they saw.',
);

export const isGone: Refusal = refusal(
  'file.gone',
  'Its bytes are gone.',
  'Ask who gave it whether it is still to be had.',
);
