/** What Android alone tells, on terminals whose vendor tells nothing of the payment host. */
import { describe, expect, it } from 'vitest';
import type { Reading, ReadingName, ReadingValue } from '../../native-bridge/contract/reading.ts';
import { runPlaybook } from '../../native-bridge/diagnosis/index.ts';
import { Bench } from './terminal.ts';

const network = (values: Partial<Record<ReadingName, ReadingValue>>, bench = new Bench()) =>
  runPlaybook(bench.set(values).input('S1')).findings.find(({ check }) => check === 'network');

const stock = () => new Bench().without('network.paymentHostReached', 'network.dnsAnswers');

it('a terminal that turns out to run on mains alone has no battery to check', () => {
  const input = new Bench().input('S1');
  const level = input.readings.get('battery.levelPercent');
  if (level)
    (input.readings as Map<ReadingName, Reading>).set(level.name, { ...level, value: null });
  const { findings } = runPlaybook(input);
  expect(findings.find(({ check }) => check === 'battery')).toMatchObject({
    verdict: 'not-applicable',
    headline: { key: 'absent_battery' },
  });
});

describe('the network of a stock Android', () => {
  it('fails for a private name server that Android calls silent', () => {
    const values = { 'network.privateDnsMode': 'hostname', 'network.validated': false } as const;
    expect(network({ ...values, 'network.privateDnsBroken': true }, stock())).toMatchObject({
      verdict: 'fail',
      headline: { key: 'found_network_private_dns' },
    });
    expect(network(values, stock())?.verdict).not.toBe('fail');
  });

  it('is not blamed on a name server while there is no link', () => {
    const values = { 'network.link': 'none', 'network.privateDnsBroken': true } as const;
    expect(network(values, stock())?.headline.key).toBe('found_network_link_down');
  });

  it('fails for the proxy of the network in use, and first for the one of every network', () => {
    const stopped = {
      'network.paymentHostReached': 'timeout',
      'network.validated': false,
    } as const;
    const own = { 'network.linkProxy': '10.0.0.8:8080' } as const;
    expect(network({ ...stopped, ...own })?.headline).toEqual({
      key: 'found_network_proxy',
      facts: { proxy: '10.0.0.8:8080' },
    });
    expect(network({ ...stopped, ...own, 'network.proxy': '10.0.0.9:1' })?.headline.facts).toEqual({
      proxy: '10.0.0.9:1',
    });
  });

  it('names the app that manages the terminal only where it has set the proxy, and corrects nothing', () => {
    const stopped = {
      'network.paymentHostReached': 'timeout',
      'network.validated': false,
      'network.proxy': '10.9.8.7:3128',
      'device.owner': 'net.shopmdm.agent',
    } as const;
    const managed = network({ ...stopped, 'network.proxySetDirectly': true });
    expect(managed?.headline).toEqual({
      key: 'found_network_proxy_managed',
      facts: { proxy: '10.9.8.7:3128', owner: 'net.shopmdm.agent' },
    });
    const own = network({ ...stopped, 'network.proxySetDirectly': false });
    expect(own?.headline.key).toBe('found_network_proxy');
    const unowned = { ...stopped, 'network.proxySetDirectly': true, 'device.owner': '' };
    expect(network(unowned)?.headline.key).toBe('found_network_proxy');
  });
});
