/** What a table says of a word from outside. A terminal may say `constructor`, which is no entry of it. */
export const entryOf = <T>(
  table: Readonly<Partial<Record<string, T>>>,
  word: string,
): T | undefined => (Object.hasOwn(table, word) ? table[word] : undefined);
