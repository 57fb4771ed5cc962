/**
 * Where an address in a code really leads, and by what it looks as if it led elsewhere. Hosts are
 * read as a browser reads them (WHATWG URL): what stands before an `@` is no host, `\` is `/`, an
 * address in numbers has many spellings, another script is punycode.
 */
import { domainToUnicode } from 'node:url';
import { hidesCharacters } from './visible.ts';

export type AddressTrick =
  | 'unreadable'
  | 'userinfo'
  | 'lookalike'
  | 'named-inside'
  | 'backslash'
  | 'ip'
  | 'port'
  | 'punycode'
  | 'trailing-dot'
  | 'percent-host'
  | 'http';

/** What deceives, where the rest may be meant so. */
const deceiving: ReadonlySet<AddressTrick> = new Set([
  'unreadable',
  'userinfo',
  'lookalike',
  'named-inside',
  'backslash',
]);
export const deceives = (trick: AddressTrick): boolean => deceiving.has(trick);

export interface Address {
  /** Lower case, without `:`. */
  readonly scheme: string;
  /** Lower case, ASCII, without user, port and closing dot; empty: there is none. */
  readonly host: string;
  /** Digits; empty: the scheme's own. */
  readonly port: string;
  /** Path and query in one spelling; case counts, a closing slash does not. */
  readonly rest: string;
  readonly tricks: readonly AddressTrick[];
}

export const looksLikeAddress = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]{0,31}:\/\//iu.test(text);

/** Hosts that a payer trusts by their look. */
const knownHosts = ['qr.alipay.com', 'qr.95516.com', 'wx.tenpay.com', 'payapp.weixin.qq.com'];

/** Never throws. */
export function addressOf(text: string): Address {
  const scheme = (/^[a-z][a-z0-9+.-]*/iu.exec(text)?.[0] ?? '').toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return appAddress(text, scheme);
  if (!URL.canParse(text)) return { scheme, host: '', port: '', rest: '', tricks: ['unreadable'] };
  const url = new URL(text);
  const host = url.hostname.replace(/\.$/u, '');
  const rest = `${oneSpelling(url.pathname).replace(/\/$/u, '')}${oneSpelling(url.search)}`;
  return { scheme, host, port: url.port, rest, tricks: tricksOf(text, url, host) };
}

/** `wxp://f2f0…`, `weixin://wxpay/…`: an app opens it, not a browser. */
function appAddress(text: string, scheme: string): Address {
  const [, authority = '', rest = ''] = /^[^:]*:\/\/([^/?#]*)([^#]*)/u.exec(text) ?? [];
  // This scheme has an id in the host's place, whose case counts.
  const isId = scheme === 'wxp';
  const host = isId ? '' : authority.toLowerCase();
  const where = isId ? authority + rest : rest;
  return { scheme, host, port: '', rest: oneSpelling(where).replace(/\/$/u, ''), tricks: [] };
}

/** Escapes of what need not be escaped, and the case of escapes (RFC 3986, 6.2.2). */
function oneSpelling(text: string): string {
  return text.replace(/%([0-9a-f]{2})/giu, (escape, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return /[0-9A-Za-z._~-]/.test(character) ? character : escape.toUpperCase();
  });
}

function tricksOf(text: string, url: URL, host: string): AddressTrick[] {
  const authority = /^[^:]*:[/\\]*([^/?#\\]*)/u.exec(text)?.[1] ?? '';
  const written = authority.slice(authority.lastIndexOf('@') + 1);
  const found: readonly (readonly [AddressTrick, boolean])[] = [
    ['userinfo', url.username !== '' || url.password !== ''],
    ['backslash', text.replace(/[?#].*$/su, '').includes('\\')],
    ['lookalike', isLookalike(host)],
    ['named-inside', namesKnownHost(host)],
    ['punycode', /(?:^|\.)xn--/u.test(host)],
    ['ip', /^\[|^[0-9.]+$/u.test(host)],
    ['port', url.port !== ''],
    ['trailing-dot', url.hostname.endsWith('.')],
    ['percent-host', written.includes('%') || hidesCharacters(written)],
    ['http', url.protocol === 'http:'],
  ];
  return found.filter(([, is]) => is).map(([trick]) => trick);
}

/** `qr.alipay.com.example.cn` begins with a known host and is another's. */
const namesKnownHost = (host: string): boolean =>
  knownHosts.some((known) => host.startsWith(`${known}.`) || host.startsWith(`${known}-`));

/** Letters of other scripts, and signs, that look like a Latin one (Unicode UTS #39, confusables). */
const alike: ReadonlyMap<string, string> = new Map(
  ['аa', 'αa', 'ɑa', 'сc', 'ϲc', 'еe', 'їi', 'іi', 'ıi', 'ӏl', 'ιi', 'оo', 'οo', 'рp', 'ρp', 'ԛq']
    .concat([
      'ѕs',
      'тt',
      'τt',
      'уy',
      'γy',
      'хx',
      'χx',
      'мm',
      'ոn',
      'ѡw',
      'ԝw',
      '0o',
      '1l',
      '|l',
      'il',
    ])
    .map((pair) => [pair[0] ?? '', pair[1] ?? '']),
);

/** One form for all that looks alike. */
function skeleton(host: string): string {
  const plain = host.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const once = Array.from(plain, (letter) => alike.get(letter) ?? letter);
  const twice = once.map((letter) => alike.get(letter) ?? letter).join('');
  return twice.replaceAll('rn', 'm').replaceAll('vv', 'w');
}

function isLookalike(host: string): boolean {
  if (knownHosts.includes(host)) return false;
  const looks = skeleton(domainToUnicode(host) || host);
  return knownHosts.some((known) => skeleton(known) === looks);
}

/**
 * The first part in which two addresses differ; null: they lead to the same. One that can't be read
 * leads nowhere, so it is like no other.
 */
export function differingPart(one: Address, other: Address): 'host' | 'rest' | 'scheme' | null {
  if ([one, other].some(({ tricks }) => tricks.includes('unreadable'))) return 'host';
  const isWeb = ({ scheme }: Address): boolean => /^https?$/u.test(scheme);
  if (isWeb(one) !== isWeb(other) || one.host !== other.host || one.port !== other.port)
    return 'host';
  if (one.rest !== other.rest) return 'rest';
  return one.scheme === other.scheme ? null : 'scheme';
}

/** Whether two texts are one code: by where they lead; `http` for `https` makes no other code. */
export function isSameCode(one: string, other: string): boolean {
  if (one === other) return true;
  if (!looksLikeAddress(one) || !looksLikeAddress(other)) return false;
  const part = differingPart(addressOf(one), addressOf(other));
  return part === null || part === 'scheme';
}

/** Host, port, path and query, as a browser reads them; what it can't read as it stands. */
export function placeOf(text: string): string {
  const { host, port, rest, tricks } = addressOf(text);
  if (tricks.includes('unreadable')) return text;
  return `${host}${port === '' ? '' : `:${port}`}${rest}`;
}
