/** Colours, on a terminal only and never needed to understand: signs and words say the same. */
import type { Verdict } from '../../native-bridge/contract/diagnosis.ts';

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

const plainText: Paint = (text) => text;

/** Each line is painted by itself, so that a table may put borders between them. */
function painter(open: number, close: number): Paint {
  return (text) =>
    text
      .split('\n')
      .map((line) => (line === '' ? '' : `\u001b[${open}m${line}\u001b[${close}m`))
      .join('\n');
}

export function makeStyle(colours: boolean): Style {
  const paint = (open: number, close: number) => (colours ? painter(open, close) : plainText);
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

/** no-color.org: any value but the empty one forbids colours. */
export function wantsColours(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const { NO_COLOR, TERM } = environment;
  return stream.isTTY === true && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
}

/** The colour that goes with a verdict's sign. */
export function verdictPaint(style: Style, verdict: Verdict | 'follows'): Paint {
  switch (verdict) {
    case 'pass':
      return style.green;
    case 'warn':
      return style.yellow;
    case 'fail':
      return style.red;
    case 'ask':
      return style.cyan;
    case 'unknown':
    case 'not-applicable':
    case 'follows':
      return style.dim;
  }
}
