/** `pay.example.com`, `pay.example.com:8443`, `https://pay.example.com/any`: which host is meant. */
import type { KnownAnswer } from '../../native-bridge/contract/probe.ts';
import { usageError } from '../usage-error.ts';

export interface HostArgument {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** `plain`: without TLS, where the argument does not say it itself. */
export function readHost(text: string, plain: boolean): HostArgument {
  const scheme = /^https?:\/\//i.test(text) ? '' : plain ? 'http://' : 'https://';
  // A bare IPv6 address has no brackets and no port.
  const bare = /^[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(text) ? `[${text}]` : text;
  const address = `${scheme}${bare}`;
  if (
    !/^[\w.:[\]-]+$/.test(bare.replace(/^https?:\/\/([^/?#]*).*$/i, '$1')) ||
    !URL.canParse(address)
  ) {
    throw usageError('cli_usage_probe_host', { found: text });
  }
  const { protocol, hostname, port } = new URL(address);
  const secure = protocol === 'https:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    secure,
  };
}

/** `http://known.example/204=204`: its status; `…/known.txt=text`: its body has it; `off`: none. */
export function readKnown(text: string): KnownAnswer[] {
  if (text === 'off') return [];
  const [, url = '', answer = ''] = /^(http:\/\/[^\s=]{1,500})=(.{1,200})$/.exec(text) ?? [];
  if (URL.canParse(url)) {
    const isStatus = /^[2-5]\d\d$/.test(answer);
    return [
      isStatus
        ? { url, status: Number(answer), contains: null }
        : { url, status: 200, contains: answer },
    ];
  }
  throw usageError('cli_usage_value', {
    what: '--known',
    found: text,
    expected: 'http://HOST/PATH=204 | http://HOST/PATH=TEXT | off',
  });
}
