/** Control messages: one JSON object in, one out. Whatever is not understood is refused, not guessed. */
import { faultByName } from './faults.ts';
import type { Simulator } from './simulator.ts';

export type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

export async function answerControl(simulator: Simulator, message: unknown): Promise<Answer> {
  if (typeof message !== 'object' || message === null) return refused('not an object');
  const wanted = message as Readonly<Record<string, unknown>>;
  if ('fault' in wanted) return setFault(simulator, wanted['fault'], wanted['on']);
  if (wanted['pull'] === true) {
    await simulator.pull();
    return { ok: true };
  }
  if (wanted['plug'] === true) return { ok: true, url: await simulator.plug() };
  if (wanted['repower'] === true) {
    simulator.repower();
    return { ok: true };
  }
  if (wanted['stats'] === true) return { ok: true, ...simulator.stats() };
  if (wanted['state'] === true) return { ok: true, ...simulator.state() };
  return refused('unknown message');
}

function setFault(simulator: Simulator, name: unknown, on: unknown): Answer {
  if (typeof name !== 'string' || faultByName(name) === undefined) return refused('no such fault');
  if (typeof on !== 'boolean') return refused('on is true or false');
  simulator.setFault(name, on);
  return { ok: true };
}

export function refused(error: string): Answer {
  return { ok: false, error };
}
