/** The control message `present`: a code that somebody holds before the scanner. */
import { usualCode, type Presented } from './terminal/scanner/decode.ts';

const MAX_CHARACTERS = 512;
const LEVELS = ['L', 'M', 'Q', 'H'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** What is not said is as on a wallet's screen; a string says what is wrong with it. */
export function readPresented(given: unknown): Presented | string {
  if (typeof given !== 'object' || given === null) return 'present is an object';
  const wanted: Fields = { ...usualCode, ...given };
  const { text, level, inverted, lit } = wanted;
  if (typeof text !== 'string' || text === '' || text.length > MAX_CHARACTERS) {
    return `text has 1 to ${MAX_CHARACTERS} characters`;
  }
  if (/\p{Cc}/u.test(text)) return 'text has no control characters';
  const known = LEVELS.find((each) => each === level);
  if (known === undefined) return `level is one of ${LEVELS.join(', ')}`;
  if (typeof inverted !== 'boolean' || typeof lit !== 'boolean') {
    return 'inverted and lit are true or false';
  }
  const numbers = readNumbers(wanted);
  if (typeof numbers === 'string') return numbers;
  return { text, level: known, inverted, lit, ...numbers };
}

const LIMITS = {
  sizeMm: 200,
  contrastPercent: 100,
  damagePercent: 100,
  rotatedDegrees: 360,
} as const;

type Numbers = Record<keyof typeof LIMITS, number>;

function readNumbers(wanted: Fields): Numbers | string {
  const numbers: Partial<Numbers> = {};
  for (const name of Object.keys(LIMITS) as (keyof typeof LIMITS)[]) {
    const value = wanted[name];
    if (typeof value !== 'number' || !(value >= 0 && value <= LIMITS[name])) {
      return `${name} is a number from 0 to ${LIMITS[name]}`;
    }
    numbers[name] = value;
  }
  return numbers as Numbers;
}
