/** Whatever a host sends: an answer in the contract's shape, within bounds, and never an error. */
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { statusAnswerSchema } from '../../../native-bridge/contract/merchant-status.ts';
import { hostProbeSchema } from '../../../native-bridge/contract/probe.ts';
import { askStatus, probeHost } from '../../../native-bridge/probes/index.ts';
import { around, TrainingCa } from '../../../native-bridge/simulators/acquirer/certificates.ts';
import { merchantNumber } from '../../support/acquirer.ts';

const { signal } = new AbortController();

/** A status service that says what it is given. */
async function sayingService() {
  const authority = await TrainingCa.make('a CA of this test');
  const identity = await authority.issue(['127.0.0.1'], around(Date.now(), 3_600_000));
  let said = { status: 200, headers: {}, body: Buffer.alloc(0) as Uint8Array };
  const server = createTlsServer({ ...identity }, (_request, response) => {
    response.writeHead(said.status, said.headers);
    response.end(said.body);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const service = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async (status: number, headers: Record<string, string>, body: Uint8Array | string) => {
    said = { status, headers, body: Buffer.from(body) };
    const how = { ca: authority.pem, timeoutMs: 10_000 };
    return statusAnswerSchema.parse(await askStatus(service, merchantNumber, how, signal));
  };
}

/** A host that says these bytes to whoever connects, again and again where asked to. */
async function rawHost(bytes: string, again = false) {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    const more = () => {
      if (!socket.destroyed) socket.write(bytes, () => again && setImmediate(more));
    };
    socket.once('data', more);
    socket.resume();
  });
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, secure: false };
  const options = { stepTimeoutMs: 2_000, sampling: { count: 0 }, known: [], largeBytes: 0 };
  const probe = hostProbeSchema.parse(await probeHost(target, options, signal));
  return probe.steps.find(({ step }) => step === 'http');
}

describe('the status service’s client', () => {
  it('takes no JSON for a status but one of the agreed shape', async () => {
    const say = await sayingService();
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (body) => {
        expect(await say(200, {}, body)).toMatchObject({ problem: 'wrong-shape', status: null });
      }),
      { numRuns: 25 },
    );
  });

  it('takes any bytes, packed or not, under any status', async () => {
    const say = await sayingService();
    const encodings = fc.constantFrom('gzip', 'br', 'identity', 'x'.repeat(50));
    const statuses = fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204);
    await fc.assert(
      fc.asyncProperty(statuses, encodings, fc.uint8Array(), async (status, encoding, body) => {
        const answer = await say(status, { 'content-encoding': encoding }, body);
        expect(answer).toMatchObject({ status: null });
        expect(answer.problem).not.toMatch(/^certificate|no-answer/);
      }),
      { numRuns: 40 },
    );
  });

  it('is not brought down by what is nested too deep', async () => {
    const say = await sayingService();
    const deep = '['.repeat(32_000) + ']'.repeat(32_000);
    expect(await say(200, {}, deep)).toMatchObject({ problem: 'wrong-shape' });
    expect(await say(200, {}, `{"format":${deep}}`)).toMatchObject({ problem: 'wrong-shape' });
  });

  it('takes no time from a host that can’t know it', async () => {
    const say = await sayingService();
    for (const date of [
      'Thu, 01 Jan 275760 00:00:00 GMT',
      'Fri, 31 Dec 9999 23:59:59 GMT',
      'Thu, 01 Jan 1970 00:00:00 GMT',
      '-000001-01-01',
      '0',
    ]) {
      expect([date, (await say(200, { date }, '{}')).date]).toEqual([date, null]);
    }
    const { date } = await say(200, { date: 'Tue, 01 Dec 2026 10:00:00 GMT' }, '{}');
    expect(date).toMatchObject({ dateUtc: '2026-12-01T10:00:00.000Z' });
  });

  it('shows of a redirect no more than the place', async () => {
    const say = await sayingService();
    const location = `https://elsewhere.test/login?mac=00:11:22&token=${'x'.repeat(2_000)}`;
    const { problem, facts } = await say(302, { location }, '');
    expect({ problem, location: facts['location'] }).toEqual({
      problem: 'redirected',
      location: 'https://elsewhere.test/login',
    });
  });
});

describe('the client of a host', () => {
  it('reads no more headers than a bound', async () => {
    const flood = `HTTP/1.1 200 OK\r\n${`x-more: ${'y'.repeat(1_000)}\r\n`.repeat(1_000)}`;
    expect(await rawHost(flood)).toMatchObject({ problem: 'not-http' });
  });

  it('ends by its deadline while a host goes on announcing an answer', async () => {
    const step = await rawHost('HTTP/1.1 102 Processing\r\n\r\n', true);
    expect(step).toMatchObject({ problem: 'no-answer' });
  });
});
