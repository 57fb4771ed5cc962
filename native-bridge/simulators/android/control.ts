/** Control messages: one JSON object in, one out. Whatever is not understood is refused, not guessed. */
import { isCodeLevel, present } from './device/scanner.ts';
import type { Simulator } from './simulator.ts';

export type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

export async function answerControl(simulator: Simulator, message: unknown): Promise<Answer> {
  if (typeof message !== 'object' || message === null) return refused('not an object');
  const wanted = message as Readonly<Record<string, unknown>>;
  if ('fault' in wanted) return setFault(simulator, wanted['fault'], wanted['on']);
  if ('present' in wanted) return presentCode(simulator, wanted['present']);
  if ('tap' in wanted) return tap(simulator, wanted['tap']);
  if (typeof wanted['reboot'] === 'string') {
    await simulator.reboot(wanted['reboot']);
    return { ok: true };
  }
  if (wanted['power'] === 'off' || wanted['power'] === 'on') {
    await (wanted['power'] === 'on' ? simulator.powerOn() : simulator.powerOff());
    return { ok: true };
  }
  if (wanted['forgetKeys'] === true) {
    simulator.forgetKeys();
    return { ok: true };
  }
  if (wanted['pull'] === true) {
    await simulator.pull();
    return { ok: true };
  }
  if (wanted['plug'] === true) {
    await simulator.plug();
    return { ok: true, ...simulator.addresses() };
  }
  if (wanted['state'] === true) return { ok: true, ...simulator.state() };
  return refused('unknown message');
}

function setFault(simulator: Simulator, name: unknown, on: unknown): Answer {
  if (typeof on !== 'boolean') return refused('on is true or false');
  const known = typeof name === 'string' && simulator.setFault(name, on);
  return known ? { ok: true } : refused('no such fault');
}

function tap(simulator: Simulator, which: unknown): Answer {
  if (which !== 'allow' && which !== 'cancel') return refused('tap is allow or cancel');
  return simulator.tap(which === 'allow') ? { ok: true } : refused('nothing is asked');
}

function presentCode(simulator: Simulator, wanted: unknown): Answer {
  if (typeof wanted !== 'object' || wanted === null) return refused('present is an object');
  const said = wanted as Readonly<Record<string, unknown>>;
  const { text, level = 'M', damagePercent = 0, inverted = false } = said;
  if (typeof text !== 'string') return refused('text is a text');
  if (typeof damagePercent !== 'number') return refused('damagePercent is a number');
  if (!isCodeLevel(level)) return refused('level is L, M, Q or H');
  if (typeof inverted !== 'boolean') return refused('inverted is true or false');
  return {
    ok: true,
    decodeMs: present(simulator.device, { text, level, damagePercent, inverted }),
  };
}

export function refused(error: string): Answer {
  return { ok: false, error };
}
