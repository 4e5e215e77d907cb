/** A noun with its article, as it stands in a sentence: "an incident", "a release". */
export function withArticle(label: string): string {
  const noun = label.toLowerCase();
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
