/**
 * What the acquirer's status service says of a merchant, and what the computer finds of its payment
 * host, in the diagnosis of a simulated terminal: named under each symptom that it can produce, and
 * under no other. What is expected is written from the playbook's table of symptoms.
 */
import { describe, expect, it } from 'vitest';
import { connectBox, openBench } from '../support/bench.ts';
import {
  expectedTable,
  foundTable,
  underEverySymptom,
  type Row,
} from '../support/under-symptoms.ts';

const account: readonly Row[] = [
  ['card-unbound', 'card-bound', 'card_not_bound', '5'],
  ['merchant-frozen', 'merchant-status', 'merchant_frozen', '2 5'],
  ['merchant-dormant', 'merchant-status', 'merchant_dormant', '2 5'],
  ['papers-expired', 'merchant-status', 'merchant_papers_expired', '2 5'],
  ['real-name-unfinished', 'merchant-status', 'merchant_real_name', '2 5'],
  ['receiving-closed', 'receiving', 'receiving_closed', '1 2'],
  ['method-closed', 'receiving', 'receiving_method_closed', '1 2'],
  ['credit-cards-off', 'receiving', 'receiving_credit_off', '2'],
  ['limit-low', 'receiving', 'receiving_limit', '2'],
  ['limit-reached', 'receiving', 'receiving_day_limit', '2'],
  ['platform-down', 'platform', 'platform_reported_down', '1 2 3 4 5'],
  ['order-missing', 'order-state', 'order_missing', '3'],
  ['order-unpaid', 'order-state', 'order_password_pending', '1 3'],
  ['order-reversed', 'order-state', 'order_reversed', '1 3'],
  ['order-unannounced', 'order-state', 'order_unannounced', '4'],
  ['settlement-tomorrow', 'settlement', 'settlement_pending', '5'],
  ['payout-failed', 'settlement', 'settlement_name_wrong', '5'],
];

/** Of a host that the terminal does not reach: the computer does not either, or what it met. */
const host: readonly Row[] = [
  ['host:down', 'platform', 'platform_host_down', '1 2 4'],
  ['host:hangs', 'platform', 'platform_host_down', '1 2 4'],
  ['host:hangs-after-headers', 'platform', 'platform_host_down', '1 2 4'],
  ['host:hangs-mid-body', 'platform', 'platform_host_down', '1 2 4'],
  ['host:drips', 'platform', 'platform_host_down', '1 2 4'],
  ['host:cut-off', 'platform', 'platform_host_down', '1 2 4'],
  ['host:maintenance', 'platform', 'platform_host_down', '1 2 4'],
  ['host:server-error', 'platform', 'platform_host_down', '1 2 4'],
  // The computer is behind a sign-in page itself: of the host it knows nothing.
  ['host:portal-redirect', 'network', 'network_host_unreachable', '1 4'],
  // It answers the computer: the terminal's way there is at fault.
  ['host:slow', 'network', 'network_host_terminal_only', '1 4'],
  ['host:certificate-expired', 'network', 'network_host_terminal_only', '1 4'],
  ['status:down', 'network', 'network_host_terminal_only', '1 4'],
  ['status:lies-merchant', 'network', 'network_host_terminal_only', '1 4'],
];

/** The host takes the computer's connection, whatever it does after that: the way there is well. */
const hostTakes: readonly Row[] = [
  ['host:hangs-in-tls', 'network', 'network_host_terminal_only', '1 4'],
  ['host:not-tls', 'network', 'network_host_terminal_only', '1 4'],
  ['host:huge', 'network', 'network_host_terminal_only', '1 4'],
  ['host:redirects', 'network', 'network_host_terminal_only', '1 4'],
  ['host:large-lost', 'network', 'network_host_terminal_only', '1 4'],
];

/** Faults of a service that are in neither table, and why. */
const leftOut: Readonly<Record<string, string>> = {
  'host:uneven': 'as host:slow, which answers late every time',
  'host:huge-declared': 'as host:huge: nothing of a body is read beyond the bound',
  'host:gzip-bomb': 'as host:huge: nothing is unpacked',
  'host:certificate-not-yet-valid':
    'as host:certificate-expired; host-faults.test has each by itself',
  'host:certificate-wrong-name': 'as host:certificate-expired; host-faults.test has each by itself',
  'host:certificate-unknown-issuer':
    'as host:certificate-expired; host-faults.test has each by itself',
  'host:wrong-clock': 'it sets this computer’s reference off and no terminal; clock.test has it',
  'host:portal-page': 'as host:redirects: the connection is taken',
  'status:*': 'what it would say is not known, and unknown is no cause: status:down, lies-merchant',
  'known:*': 'it tells whether this computer is online, and no cause: portal.test has them',
};

/** Faults of the terminal that only a computer with an acquirer to ask can tell. */
const besideTheComputer: readonly Row[] = [
  // Seven hours: the certificate is valid all the same, so only the acquirer's own rules mind it.
  ['clock-off', 'clock', 'clock_off', '2'],
  ['tls-proxy', 'tls', 'tls_intercepted', '1 4'],
  ['payment-host-unreachable', 'network', 'network_host_terminal_only', '1 4'],
];

/** A connected terminal with an acquirer to ask, and how to judge it with one fault of either on. */
async function judge(model: 'codebox' | 'counter', faults: string[] = []) {
  const bench = await openBench();
  const acquirer = await bench.bridge.request('startAcquirer', { faults: [] });
  const box = await connectBox(bench, { model, faults, updateDue: false });
  const without = () => underEverySymptom(bench, box.terminal.id);
  const withOne = async (turn: (on: boolean) => Promise<unknown>) => {
    await turn(true);
    const found = await without();
    await turn(false);
    return found;
  };
  return {
    without,
    withAccountFault: (fault: string) =>
      withOne((on) => {
        const { trainingId } = acquirer;
        return bench.bridge.request('setAcquirerFault', { trainingId, fault, on });
      }),
    withTerminalFault: (fault: string) =>
      withOne((on) => {
        const { trainingId } = box;
        return bench.bridge.request('setTrainingFault', { trainingId, fault, on });
      }),
  };
}

const leftOutOf = (service: string, name: string): string | undefined =>
  leftOut[`${service}:${name}`] ?? leftOut[`${service}:*`];

const nothing = { causes: [], findings: [] };

describe('beside an acquirer that can be asked', () => {
  it('each fault of an account is named under the symptoms it can produce', async () => {
    const { without, withAccountFault } = await judge('counter');
    expect(await without()).toEqual(nothing);
    expect(await foundTable(account, withAccountFault)).toEqual(expectedTable(account));
    expect(await without()).toEqual(nothing);
  }, 90_000);

  it('every fault of an account is in the table', async () => {
    const { bridge } = await openBench();
    const { faults } = await bridge.request('listAcquirerFaults', {});
    const all = faults.filter(({ kind }) => kind === 'account').map(({ name }) => name);
    expect(account.map(([fault]) => fault)).toEqual(all);
  });

  it('a host that the terminal does not reach is told from one that nobody reaches', async () => {
    const { withAccountFault } = await judge('codebox', ['payment-host-unreachable']);
    expect(await foundTable(host, withAccountFault)).toEqual(expectedTable(host));
  }, 90_000);

  it('a host that takes the computer’s connection is none that is down', async () => {
    const { withAccountFault } = await judge('codebox', ['payment-host-unreachable']);
    expect(await foundTable(hostTakes, withAccountFault)).toEqual(expectedTable(hostTakes));
  }, 90_000);

  it('every fault of a service is in a table, or left out for a reason', async () => {
    const { bridge } = await openBench();
    const { faults } = await bridge.request('listAcquirerFaults', {});
    const told = new Set([...host, ...hostTakes].map(([fault]) => fault));
    const missing = faults
      .filter(({ kind }) => kind === 'service')
      .flatMap(({ name, services }) => services.map((service) => [service, name] as const))
      .filter(([service, name]) => !told.has(`${service}:${name}`))
      .filter(([service, name]) => leftOutOf(service, name) === undefined);
    expect(missing).toEqual([]);
    for (const [fault, why] of Object.entries(leftOut)) {
      console.log(`acquirer faults: ${fault} left out: ${why}`);
    }
  });

  it('a host that only the computer does not reach is no cause', async () => {
    const { withAccountFault } = await judge('codebox');
    for (const fault of ['host:down', 'host:certificate-expired', 'known:portal-page']) {
      expect(await withAccountFault(fault), fault).toMatchObject({ causes: [] });
    }
  }, 30_000);

  it('faults that only a computer can tell are named', async () => {
    const { withTerminalFault } = await judge('codebox');
    const expected = expectedTable(besideTheComputer);
    expect(await foundTable(besideTheComputer, withTerminalFault)).toEqual(expected);
  }, 30_000);
});
