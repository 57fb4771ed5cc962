/** Which of the first words is a port: commands take `[PORT] [NAMES…]` and both are optional. */
import { resolve } from 'node:path';
import { usageError } from '../usage-error.ts';

/**
 * `/dev/ttyUSB0`, `COM7`, `serial://…`, `tcp://…`, `usb://…`, `adb://…`, `fastboot://…`,
 * `box.local:7000`, `replay:talk.jsonl`; never the name of a reading or setting.
 */
export function looksLikePort(word: string): boolean {
  return /^(?:\/|\\\\|[a-z]+:\/\/|replay:|COM\d+$)/i.test(word) || isHostAndPort(word);
}

function isHostAndPort(word: string): boolean {
  return /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$/.test(word);
}

/** As the bridge takes it. */
export function portUrlOf(word: string): string {
  if (isHostAndPort(word)) return `tcp://${word}`;
  return /^replay:(?!\/\/\/)/.test(word) ? replayUrlOf(word) : word;
}

/** A recording by its file's name as the shell has it: `replay:talk.jsonl`, `replay://../talk.jsonl?pace=1`. */
function replayUrlOf(word: string): string {
  const [, name = '', query = ''] = /^replay:(?:\/\/)?(.*?)(\?pace=[\d.]+)?$/s.exec(word) ?? [];
  if (name === '') return word;
  const path = resolve(name)
    .replaceAll('\\', '/')
    .replaceAll(/[%?#\s]/gu, encodeURIComponent);
  return `replay://${path.startsWith('/') ? '' : '/'}${path}${query}`;
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
