/** The order of firmware versions: numbers between dots, then MCUboot's `+build` where both have one. */

const shape = /^v?(\d{1,9}(?:\.\d{1,9}){0,4})(?:\+(\d{1,9}))?$/iu;

/** Negative where `a` is older, 0 where they are the same, null where they can't be put in order. */
export function compareVersions(a: string, b: string): number | null {
  if (a.trim() === b.trim()) return 0;
  const left = shape.exec(a.trim());
  const right = shape.exec(b.trim());
  if (!left || !right) return null;
  const parts = [numbers(left[1]), numbers(right[1])] as const;
  for (let i = 0; i < Math.max(parts[0].length, parts[1].length); i++) {
    const difference = (parts[0][i] ?? 0) - (parts[1][i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left[2] === undefined || right[2] === undefined) return 0;
  return Number(left[2]) - Number(right[2]);
}

const numbers = (text = ''): number[] => text.split('.').map(Number);
