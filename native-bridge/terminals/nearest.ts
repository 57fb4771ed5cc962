/** "Did you mean": the known word that takes the fewest edits from what was written. */

const maxLength = 64;

/** null where none is near: more than a third of the word would have to change. */
export function nearest(written: string, known: readonly string[]): string | null {
  if (written.length > maxLength) return null;
  let best: string | null = null;
  let bestEdits = Math.floor(written.length / 3) + 1;
  for (const word of known) {
    if (Math.abs(word.length - written.length) >= bestEdits) continue;
    const edits = countEdits(written.toLowerCase(), word.toLowerCase());
    if (edits < bestEdits) [best, bestEdits] = [word, edits];
  }
  return best;
}

/** Levenshtein's distance, one row of the table at a time. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
