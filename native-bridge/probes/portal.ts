/**
 * Is there a sign-in page (上网认证页) in between? A plain address that answers a known thing to
 * everybody is asked: another answer comes from somebody in between, no answer at all from nobody.
 * Plain HTTP on purpose: over TLS a portal could only refuse.
 */
import type { DateSample } from '../contract/probe-step.ts';
import type { KnownAnswer, PortalTest } from '../contract/probe.ts';
import { maskSecrets } from '../protocols/masking.ts';
import { refuseTrouble, refuseUnexpected } from './answers.ts';
import { dateOf } from './clock.ts';
import { connectTcp } from './connect.ts';
import { within, type Deadline } from './deadline.ts';
import { exchange, headText } from './exchange.ts';
import { usualAddresses } from './names.ts';
import { ProbeError } from './probe-error.ts';

/**
 * What phones and computers ask for the same end, reachable on the Chinese mainland: several,
 * because each is blocked or down somewhere.
 */
export const usualKnown: readonly KnownAnswer[] = [
  { url: 'http://connect.rom.miui.com/generate_204', status: 204, contains: null },
  {
    url: 'http://connectivitycheck.platform.hicloud.com/generate_204',
    status: 204,
    contains: null,
  },
  {
    url: 'http://www.msftconnecttest.com/connecttest.txt',
    status: 200,
    contains: 'Microsoft Connect Test',
  },
];

const maxBodyBytes = 8_192;
type Try = PortalTest['tries'][number] & { date: DateSample | null; location: string | null };

/** All are asked at once; the first that answers as known settles it. */
export async function testPortal(
  known: readonly KnownAnswer[],
  { timeoutMs }: { readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<PortalTest> {
  const settled = new AbortController();
  const either = AbortSignal.any([signal, settled.signal]);
  const tries = await Promise.all(
    known.map(async (each) => {
      try {
        const tried = await within(timeoutMs, either, (deadline) => ask(each, deadline));
        if (tried.problem === null) settled.abort();
        return tried;
      } catch (error) {
        signal.throwIfAborted();
        if (settled.signal.aborted) return null;
        throw error;
      }
    }),
  );
  return judged(tries.filter((each) => each !== null));
}

const byOthers: readonly (string | null)[] = ['redirected', 'login-page', 'unexpected-answer'];
/** Then nobody was reached; with anything else somebody was, and it says nothing. */
const unreached: readonly (string | null)[] = [
  'name-unknown',
  'name-server-silent',
  'name-server-failed',
  'refused',
  'no-route',
  'no-answer',
];

function judged(tries: readonly Try[]): PortalTest {
  const plain = tries.map(({ url, problem, timeMs, raw }) => ({ url, problem, timeMs, raw }));
  const open = tries.find(({ problem }) => problem === null);
  if (open !== undefined) {
    return { verdict: 'open', location: null, tries: plain, date: open.date };
  }
  const portal = tries.find(({ problem }) => byOthers.includes(problem));
  if (portal !== undefined) {
    return { verdict: 'portal', location: portal.location, tries: plain, date: null };
  }
  const nobody = tries.every(({ problem }) => unreached.includes(problem));
  return { verdict: nobody ? 'no-internet' : 'unknown', location: null, tries: plain, date: null };
}

async function ask(known: KnownAnswer, deadline: Deadline): Promise<Try> {
  const startedMs = performance.now();
  const timeMs = () => Math.round(performance.now() - startedMs);
  const { url } = known;
  const {
    hostname: host,
    port: portText,
    pathname,
    search,
    origin,
    host: authority,
  } = new URL(url);
  const port = portText === '' ? 80 : Number(portText);
  try {
    const addresses = await usualAddresses(host, deadline);
    const socket = await connectTcp({ host, port, addresses }, deadline);
    const asked = { authority, path: `${pathname}${search}`, accept: '*/*', sizeBytes: 0 };
    const bounds = { maxBodyBytes, beyond: 'enough' } as const;
    const answered = await exchange(socket, { ...asked, ...bounds }, deadline);
    refuseTrouble(answered, host);
    refuseUnexpected(answered, known, host);
    const raw = headText(answered.status, answered.headers);
    const date = dateOf(answered, origin, false);
    return { url, problem: null, timeMs: timeMs(), raw, date, location: null };
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    const { problem, facts, raw } = error;
    const location = typeof facts['location'] === 'string' ? facts['location'] : null;
    return { url, problem, timeMs: timeMs(), raw: maskSecrets(raw), date: null, location };
  }
}
