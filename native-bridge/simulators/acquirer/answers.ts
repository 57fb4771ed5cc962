/** What each service says when nothing is wrong with it, and what it says when it lies. */
import { merchantStatus } from './merchant.ts';
import type { Service } from './faults.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is true of the merchants now. */
export interface World {
  readonly nowMs: number;
  readonly accountFaults: readonly string[];
  /** Orders put in by control message, newest first. */
  readonly extraOrders: readonly object[];
}

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';
export const KNOWN_PATH = '/known.txt';
const KNOWN_ANSWER = 'POS Bench training: known answer\n';
const STATUS_PATH = /^\/v1\/merchants\/([0-9A-Za-z]{1,32})$/;
const OTHER_MERCHANT = '898310048160999';

const json = (status: number, value: object): Answer => ({
  status,
  headers: { 'content-type': JSON_TYPE },
  body: JSON.stringify(value),
});

export function wellAnswer(service: Service, path: string, world: World): Answer {
  switch (service) {
    case 'status':
      return statusAnswer(path, world);
    case 'host':
      return json(200, { service: 'pos-bench-training-host/1', state: 'up' });
    case 'known':
      return path === KNOWN_PATH
        ? { status: 200, headers: { 'content-type': 'text/plain' }, body: KNOWN_ANSWER }
        : { status: 204, headers: {}, body: '' };
  }
}

function statusAnswer(path: string, { accountFaults, nowMs, extraOrders }: World): Answer {
  const asked = STATUS_PATH.exec(path)?.[1];
  if (asked === undefined) return json(404, { error: 'no such resource' });
  const status = merchantStatus(asked, accountFaults, nowMs);
  if (status === null) return json(404, { error: 'no such merchant' });
  return json(200, { ...status, orders: [...extraOrders, ...status.orders] });
}

const page = (status: number, headers: Answer['headers'], title: string): Answer => ({
  status,
  headers: { 'content-type': HTML_TYPE, ...headers },
  body: `<!doctype html><html><head><title>${title}</title></head><body><form action="/login"><input name="phone"></form></body></html>`,
});

/** Faults that put another answer in place of the right one; in this order where several are on. */
export const replacements: Readonly<Record<string, (path: string, well: Answer) => Answer>> = {
  'portal-redirect': () =>
    page(302, { location: 'http://login.wifi-next-door.test/portal' }, 'Moved'),
  'portal-page': () => page(200, {}, 'Wi-Fi 认证'),
  redirects: (path) => {
    const count = Number(/^\/next\/(\d{1,9})$/.exec(path)?.[1] ?? 0);
    return page(302, { location: `/next/${count + 1}` }, 'Moved');
  },
  maintenance: () => page(503, { 'retry-after': '1800' }, '系统维护'),
  'server-error': () => page(500, {}, 'Internal error'),
  'lies-shape': () => json(200, { result: { code: 0, message: ['ok'], data: null } }),
  'lies-text': () => ({ status: 200, headers: { 'content-type': JSON_TYPE }, body: '{"format":' }),
  'lies-merchant': (path, well) => ({
    ...well,
    body: well.body.replaceAll(STATUS_PATH.exec(path)?.[1] ?? '\0', OTHER_MERCHANT),
  }),
  'leaks-secrets': (_path, well) => ({
    ...well,
    body: well.body.replace(
      '{',
      '{"card_number":"4111111111111111","api_key":"k-93hf-0aa1","note":"4111 1111 1111 1111",',
    ),
  }),
};
