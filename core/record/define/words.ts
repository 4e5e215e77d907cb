// How text is cut into the words it is found by. A record's text and what somebody types are cut by the same function: no other may be.

/** Scripts written without spaces: their words are found by pairs of neighbouring letters. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const runs = /[\p{L}\p{N}\p{M}]+(?:[^\p{L}\p{N}\p{M}\s]+[\p{L}\p{N}\p{M}]+)*/gu;
const letters = /[\p{L}\p{N}\p{M}]+/gu;

const longestWord = 64;
/** A tsvector holds at most a megabyte; the text of a record at most fifty thousand letters. */
const longestText = 100_000;
const mostTerms = 32;

/**
 * The words of a text, as kept: each is found by its beginning. What punctuation joins is kept as written and from each of its
 * parts on, whatever the punctuation: `WEB-01.example` gives `web.01.example`, `01.example` and `example`.
 */
export function wordsOf(text: string): string[] {
  return chunksOf(text).flatMap((chunk) => (typeof chunk === 'string' ? pairsOf(chunk, true) : endingsOf(chunk)));
}

/** The words of a text in one string, each once, as a record keeps them. */
export function keptWords(text: string): string {
  const kept: string[] = [];
  let length = 0;
  for (const word of new Set(wordsOf(text))) {
    length += word.length + 1;
    if (length > longestText) break;
    kept.push(word);
  }
  return kept.join(' ');
}

/** A tsquery for the records that hold each word as typed, or a word that begins so; empty where nothing typed can be found. */
export function searchTerms(typed: string): string {
  const words = chunksOf(typed).flatMap((chunk) =>
    typeof chunk === 'string' ? pairsOf(chunk, false) : [cut(chunk.join('.'))],
  );
  return [...new Set(words)]
    .slice(0, mostTerms)
    .map((word) => `'${word}':*`)
    .join(' & ');
}

/** Runs of letters and digits between spaces, cut at punctuation into parts; an unspaced run stands by itself as one text. */
function chunksOf(text: string): (string | string[])[] {
  const small = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  return [...small.matchAll(runs)].flatMap(([run]) => {
    const chunks: (string | string[])[] = [];
    let parts: string[] = [];
    const end = () => {
      if (parts.length) chunks.push(parts);
      parts = [];
    };
    for (const [part] of run.matchAll(letters)) {
      const pieces = piecesOf(part);
      for (const [index, piece] of pieces.entries()) {
        if (index > 0) end();
        if (!unspaced.test(piece)) parts.push(piece);
        else {
          end();
          chunks.push(piece);
        }
      }
    }
    end();
    return chunks;
  });
}

/** Cuts where letters of unspaced scripts begin or end; marks stay with the letter before them. */
function piecesOf(part: string): string[] {
  if (!unspaced.test(part)) return [part];
  const pieces: string[] = [];
  let before: boolean | undefined;
  for (const letter of part) {
    const now = /\p{M}/u.test(letter) && before !== undefined ? before : unspaced.test(letter);
    if (now === before) pieces.push((pieces.pop() ?? '') + letter);
    else pieces.push(letter);
    before = now;
  }
  return pieces;
}

/** Neighbouring letters two by two. The last alone is kept too, so that it is found by itself. */
function pairsOf(run: string, isKept: boolean): string[] {
  const each = Array.from(run);
  const pairs = each.slice(0, -1).map((letter, index) => letter + (each[index + 1] ?? ''));
  return isKept || !pairs.length ? [...pairs, each.at(-1) ?? ''] : pairs;
}

/** Joined parts from each of them on. */
function endingsOf(parts: readonly string[]): string[] {
  return parts.map((_, index) => cut(parts.slice(index, index + longestWord).join('.')));
}

/** By whole letters, so that no half of one is kept. */
function cut(word: string): string {
  return word.length <= longestWord ? word : Array.from(word).slice(0, longestWord).join('');
}
