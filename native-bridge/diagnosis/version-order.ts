/**
 * The order of firmware versions: numbers between dots, then MCUboot's `+build` where both have one.
 * Zephyr's image group writes the build as a fourth number (`1.1.0.5` for `1.1.0+5`).
 */

const shape = /^v?(\d{1,9}(?:\.\d{1,9}){0,4})(?:\+(\d{1,9}))?$/iu;

/** Negative where `a` is older, 0 where they are the same, null where they can't be put in order. */
export function compareVersions(a: string, b: string): number | null {
  if (a.trim() === b.trim()) return 0;
  const left = parsed(a);
  const right = parsed(b);
  if (!left || !right) return null;
  const mixed = (left.build === null) !== (right.build === null);
  const [one, other] = mixed ? [spelledOut(left), spelledOut(right)] : [left, right];
  const parts = [one.numbers, other.numbers] as const;
  for (let i = 0; i < Math.max(parts[0].length, parts[1].length); i++) {
    const difference = (parts[0][i] ?? 0) - (parts[1][i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (one.build === null || other.build === null) return 0;
  return one.build - other.build;
}

interface Version {
  readonly numbers: readonly number[];
  readonly build: number | null;
}

function parsed(text: string): Version | null {
  const match = shape.exec(text.trim());
  if (!match) return null;
  const [, numbers = '', build] = match;
  return {
    numbers: numbers.split('.').map(Number),
    build: build === undefined ? null : Number(build),
  };
}

/** Beside a version with `+build`, a fourth number is the build. */
function spelledOut({ numbers, build }: Version): Version {
  const [, , , fourth] = numbers;
  if (build !== null || numbers.length !== 4 || fourth === undefined) return { numbers, build };
  return { numbers: numbers.slice(0, 3), build: fourth };
}
