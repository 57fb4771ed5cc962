/** Which of the first words is a port: commands take `[PORT] [NAMES…]` and both are optional. */
import { usageError } from '../usage-error.ts';

/** `/dev/ttyUSB0`, `COM7`, `serial://…`, `tcp://…`, `box.local:7000`; never the name of a reading or setting. */
export function looksLikePort(word: string): boolean {
  return /^(?:\/|\\\\|[a-z]+:\/\/|COM\d+$)/i.test(word) || isHostAndPort(word);
}

function isHostAndPort(word: string): boolean {
  return /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$/.test(word);
}

/** As the bridge takes it. */
export function portUrlOf(word: string): string {
  return isHostAndPort(word) ? `tcp://${word}` : word;
}

export interface PortAndRest {
  readonly port: string | null;
  readonly rest: readonly string[];
}

export function splitPort(words: readonly string[]): PortAndRest {
  const [first, ...rest] = words;
  if (first === undefined || !looksLikePort(first)) return { port: null, rest: words };
  return { port: portUrlOf(first), rest };
}

/** Null where none was named. A word that can't be a port is a mistake, not a port to try. */
export function onlyPort(word: string | undefined): string | null {
  if (word === undefined) return null;
  const { port } = splitPort([word]);
  if (port !== null) return port;
  throw usageError('cli_usage_not_a_port', { found: word });
}
