/** Control messages: one JSON object in, one out. Whatever is not understood is refused, not guessed. */
import type { Acquirer } from './acquirer.ts';

export type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

export async function answerControl(acquirer: Acquirer, message: unknown): Promise<Answer> {
  if (typeof message !== 'object' || message === null) return refused('not an object');
  const wanted = message as Readonly<Record<string, unknown>>;
  if ('fault' in wanted) return setFault(acquirer, wanted['fault'], wanted['on']);
  if ('order' in wanted) return addOrder(acquirer, wanted['order']);
  if (wanted['stats'] === true) return { ok: true, services: acquirer.stats() };
  if (wanted['state'] === true) return { ok: true, faults: acquirer.faultNames() };
  return refused('unknown message');
}

async function setFault(acquirer: Acquirer, name: unknown, on: unknown): Promise<Answer> {
  if (typeof on !== 'boolean') return refused('on is true or false');
  const known = typeof name === 'string' && (await acquirer.setFault(name, on));
  return known ? { ok: true } : refused('no such fault');
}

function addOrder(acquirer: Acquirer, order: unknown): Answer {
  if (typeof order !== 'object' || order === null || Array.isArray(order)) {
    return refused('order is an object');
  }
  const { orderNumber } = order as Readonly<Record<string, unknown>>;
  if (typeof orderNumber !== 'string') return refused('orderNumber is a text');
  const usual = {
    atUtc: new Date().toISOString(),
    amountFen: 100,
    method: 'wechat',
    state: 'paid',
    announced: true,
  };
  acquirer.addOrder({ ...usual, ...order });
  return { ok: true };
}

export function refused(error: string): Answer {
  return { ok: false, error };
}
