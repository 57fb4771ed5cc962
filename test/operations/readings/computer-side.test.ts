/** What this computer finds out of an acquirer on loopback, faults and all, over real sockets. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkProfile } from '../../../native-bridge/terminals/check-profile.ts';
import {
  computerSide,
  type ClockOffset,
  type ComputerSideOptions,
} from '../../../native-bridge/operations/readings/computer-side.ts';
import type { TrainingHosts } from '../../../native-bridge/operations/training/training-hosts.ts';
import { Acquirer } from '../../../native-bridge/simulators/acquirer/acquirer.ts';
import { parseOptions } from '../../../native-bridge/simulators/acquirer/options.ts';

const merchant = '898310048160001';
const known = { status: 200, contains: 'known answer' };

const yaml = (paymentHost: string, statusService: string) => `format: 1
name: box
vendor: Acme
model: B-1
labels: { zh-CN: 码牌, en: Box }
recognition: { smpInfo: acme_box }
settings:
  payment.methods:
    key: pay/methods
    labels: { zh-CN: 收款方式, en: Payment methods }
    type: text
    expected: wechat,alipay,unionpay
expected: { paymentHost: ${paymentHost} }
statusService: { url: '${statusService}' }
`;

function profileOf(paymentHost = 'pay.posbench.test', status = 'https://status.posbench.test') {
  const bytes = new TextEncoder().encode(yaml(paymentHost, status));
  const terms = { parents: new Map(), shipped: true };
  const { value, problems } = checkProfile(bytes, 'box.yaml', terms);
  if (!value) throw new Error(JSON.stringify(problems));
  return value;
}

/** Its three services under the names of the training profile. */
async function acquirer(...args: string[]): Promise<TrainingHosts> {
  const playing = new Acquirer(parseOptions(args));
  const { hostUrl, statusUrl, knownUrl, caPem: ca } = await playing.start();
  onTestFinished(() => playing.stop());
  const at = (url: string) => {
    const { hostname: address, port } = new URL(url);
    return { address, port: Number(port), ca, known: [{ url: knownUrl, ...known }] };
  };
  return new Map([
    ['pay.posbench.test', at(hostUrl)],
    ['status.posbench.test', at(statusUrl)],
  ]);
}

interface Seen {
  readonly values: Record<string, unknown>;
  readonly clock: ClockOffset | null | undefined;
}

async function seen(
  trainingHosts: TrainingHosts,
  options: Partial<ComputerSideOptions> = {},
  profile = profileOf(),
  signal = new AbortController().signal,
): Promise<Seen> {
  const values: Record<string, unknown> = {};
  let clock: ClockOffset | null | undefined;
  const asked = { trainingHosts, merchantNumber: Promise.resolve(merchant), ...options };
  for await (const found of computerSide(profile, asked, signal)) {
    if ('clock' in found) clock = found.clock;
    else {
      const { name, value, failure } = found.reading;
      values[name] = failure === null ? value : `unread: ${String(failure.facts['problem'])}`;
    }
  }
  return { values, clock };
}

const account = {
  'account.cardBound': true,
  'account.state': 'normal',
  'account.receiving': 'normal',
  'account.settlement': 'normal',
  'platform.state': 'up',
  'order.state': 'paid',
  'order.announced': true,
};
const well = {
  'computer.online': true,
  'computer.captivePortal': false,
  'computer.paymentHostReached': 'yes',
  'computer.tls': 'ok',
  ...account,
};

describe('this computer', () => {
  it('finds all well, and its clock right', async () => {
    const { values, clock } = await seen(await acquirer());
    expect(values).toEqual(well);
    expect(Math.abs(clock?.offsetMs ?? Infinity)).toBeLessThan(5_000);
    expect(clock?.source).toContain('127.0.0.1');
  });

  it.each([
    [
      'host:certificate-expired',
      { 'computer.tls': 'expired', 'computer.paymentHostReached': 'tls' },
    ],
    ['host:maintenance', { 'computer.paymentHostReached': 'refused' }],
    [
      'host:down',
      { 'computer.paymentHostReached': 'refused', 'computer.tls': 'unread: no-answer' },
    ],
    ['card-unbound', { 'account.cardBound': false }],
    ['merchant-frozen', { 'account.state': 'frozen' }],
    ['receiving-closed', { 'account.receiving': 'closed' }],
    ['limit-low', { 'account.receiving': 'limit-low' }],
    ['limit-reached', { 'account.receiving': 'limit-reached' }],
    ['method-closed', { 'account.receiving': 'method-closed' }],
    ['credit-cards-off', { 'account.receiving': 'credit-off' }],
    ['payout-failed', { 'account.settlement': 'name-wrong' }],
    ['settlement-tomorrow', { 'account.settlement': 'pending' }],
    ['platform-down', { 'platform.state': 'down' }],
    ['order-missing', { 'order.state': 'none', 'order.announced': undefined }],
    ['order-unpaid', { 'order.state': 'waits-for-password', 'order.announced': false }],
    ['order-reversed', { 'order.state': 'reversed', 'order.announced': false }],
    ['order-unannounced', { 'order.announced': false }],
  ])('sees %s', async (fault, changed) => {
    const { values } = await seen(await acquirer('--faults', fault));
    expect(values).toEqual({ ...well, ...changed });
  });

  it('says nothing of a status service that lies', async () => {
    const { values } = await seen(await acquirer('--faults', 'lies-merchant'));
    const unread = Object.keys(account).map((name) => [name, 'unread: other-merchant']);
    expect(values).toEqual({ ...well, ...Object.fromEntries(unread) });
  });

  it('is done when its time is up, whoever hangs', async () => {
    const hosts = await acquirer('--faults', 'hangs');
    const startedMs = performance.now();
    const { values } = await seen(hosts, { timeoutMs: 1_000 });
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    expect(values).toMatchObject({
      'computer.online': true,
      'computer.paymentHostReached': 'unread: no-answer',
      'account.state': 'unread: no-answer',
    });
  });

  it('stops at once when cancelled', async () => {
    const hosts = await acquirer('--faults', 'hangs');
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 50);
    const startedMs = performance.now();
    await expect(seen(hosts, {}, profileOf(), cancel.signal)).rejects.toThrow();
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });

  it('asks no status service about nobody', async () => {
    const { values } = await seen(await acquirer(), { merchantNumber: Promise.resolve(null) });
    expect(Object.keys(values).filter((name) => name.startsWith('account.'))).toEqual([]);
  });

  it('asks nobody for a training host that nobody plays', async () => {
    expect(await seen(new Map())).toEqual({ values: {}, clock: null });
  });

  it('is soon done where the host is not there', async () => {
    const profile = profileOf('127.0.0.1:9', 'https://127.0.0.1:9');
    const { values } = await seen(new Map(), {}, profile);
    expect(values).toMatchObject({
      'computer.paymentHostReached': 'refused',
      'platform.state': 'unread: refused',
    });
  });
});
