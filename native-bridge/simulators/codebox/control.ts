/** Control messages: one JSON object in, one out. Whatever is not understood is refused, not guessed. */
import { readPresented } from './presented.ts';
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
  const act = simple(simulator, wanted);
  if (act !== null) return act;
  if ('powerCut' in wanted) return cutPower(simulator, wanted['powerCut']);
  if ('present' in wanted) return present(simulator, wanted['present']);
  if ('reply' in wanted) return orderReply(simulator, wanted);
  if (wanted['stats'] === true) return { ok: true, ...simulator.stats() };
  if (wanted['state'] === true) return { ok: true, ...simulator.state() };
  return refused('unknown message');
}

/** What takes no more than saying so; null for anything else. */
function simple(simulator: Simulator, wanted: Readonly<Record<string, unknown>>): Answer | null {
  if (wanted['repower'] === true) simulator.repower();
  else if (wanted['reset'] === true) simulator.reset();
  else if (wanted['power'] === 'off') simulator.powerOff();
  else if (wanted['power'] === 'on') simulator.powerOn();
  else return null;
  return { ok: true };
}

function cutPower(simulator: Simulator, cut: unknown): Answer {
  if (typeof cut !== 'object' || cut === null) return refused('powerCut is an object');
  const { afterOperations, restoreAfterMs = null } = cut as Readonly<Record<string, unknown>>;
  if (!isCount(afterOperations)) return refused('afterOperations is a whole number from 0');
  if (restoreAfterMs !== null && !isCount(restoreAfterMs)) {
    return refused('restoreAfterMs is a whole number from 0');
  }
  simulator.cutPowerAfter(afterOperations, restoreAfterMs);
  return { ok: true };
}

function present(simulator: Simulator, wanted: unknown): Answer {
  if (!simulator.canScan) return refused('no scanner');
  const code = readPresented(wanted);
  if (typeof code === 'string') return refused(code);
  return { ok: true, decodeMs: simulator.present(code) };
}

function orderReply(simulator: Simulator, wanted: Readonly<Record<string, unknown>>): Answer {
  const { reply, group, command } = wanted;
  if (reply !== 'lost' && reply !== 'doubled') return refused('reply is lost or doubled');
  if (!isCount(group) || !isCount(command)) return refused('group and command are numbers');
  simulator.orderReply(reply, group, command);
  return { ok: true };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function setFault(simulator: Simulator, name: unknown, on: unknown): Answer {
  if (typeof name !== 'string' || !simulator.canHave(name)) return refused('no such fault');
  if (typeof on !== 'boolean') return refused('on is true or false');
  simulator.setFault(name, on);
  return { ok: true };
}

export function refused(error: string): Answer {
  return { ok: false, error };
}
