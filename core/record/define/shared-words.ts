/** SQL: the words of a text in small letters, one space before and after each: split once, and then looked for as they are. */
export const wordsOf = (column: string) =>
  `(' ' || regexp_replace(lower(${column}), '[^[:alnum:]]+', ' ', 'g') || ' ')`;
