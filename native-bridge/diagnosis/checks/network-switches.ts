/**
 * Switches and settings of Android that keep requests from leaving: airplane mode, a proxy and a
 * private name server that do not answer. Each is to blame only for trouble that is there: many a shop
 * needs its proxy.
 */
import { observe, type Observation } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import { settingsBehind } from '../expected.ts';
import type { CheckInput } from '../input.ts';
import type { ConditionId } from '../rules/index.ts';
import type { Seen } from '../seen.ts';

/** `found`: what fails of the link and the way. */
export function switchFaults(
  input: CheckInput,
  seen: Seen,
  found: readonly Observation[],
): Observation[] {
  const has = (...ids: ConditionId[]): boolean =>
    found.some(({ condition }) => ids.includes(condition));
  const isDown = has('network-link-down', 'network-no-address');
  const isStopped =
    !isDown && has('network-host-unreachable', 'network-host-terminal-only', 'network-dns-silent');
  return [
    ...airplane(input, seen, isDown),
    ...(isDown ? [] : privateDns(input, seen, isStopped)),
    ...(isStopped ? proxy(input, seen) : []),
    ...portalCheck(input, seen),
  ];
}

function airplane(input: CheckInput, seen: Seen, isDown: boolean): Observation[] {
  // Wi-Fi can be switched on again in it.
  if (seen.flag('network.airplaneMode') !== true || !isDown) return [];
  const evidence = fromReadings(input, 'network.airplaneMode', 'network.link');
  return [observe('network-airplane', {}, { evidence, agreement: 1 })];
}

/**
 * Where Android itself says that the server set does not answer, no name is found, whatever else was
 * read. Else it reached its test host by no name: with a server of its own set, that one is silent.
 */
function privateDns(input: CheckInput, seen: Seen, isStopped: boolean): Observation[] {
  const isSaid = seen.peek('network.privateDnsBroken') === true;
  const isSeen =
    isStopped &&
    seen.peek('network.privateDnsMode') === 'hostname' &&
    seen.peek('network.validated') === false;
  if (!isSaid && !isSeen) return [];
  const evidence = fromReadings(
    input,
    'network.privateDnsBroken',
    'network.privateDnsMode',
    'network.validated',
    'network.paymentHostReached',
  );
  const settings = settingsBehind(input, 'network.privateDnsMode');
  return [observe('network-private-dns', {}, { evidence, settings, agreement: isSaid ? 1 : 0 })];
}

/** The one for every network stands before the network's own. */
const proxies = ['network.proxy', 'network.linkProxy'] as const;

function proxy(input: CheckInput, seen: Seen): Observation[] {
  const name = proxies.find((each) => Boolean(seen.peek(each)));
  const address = name === undefined ? null : seen.peek(name);
  if (name === undefined || typeof address !== 'string') return [];
  // What reaches its test host through the proxy has a proxy that answers.
  if (seen.peek('network.validated') === true) return [];
  const owner = seen.peek('device.owner');
  const isManaged = name === 'network.proxy' && seen.peek('network.proxySetDirectly') === true;
  if (isManaged && typeof owner === 'string' && owner !== '') {
    const told = fromReadings(input, name, 'device.owner', 'network.paymentHostReached');
    return [observe('network-proxy-managed', { proxy: address, owner }, { evidence: told })];
  }
  const evidence = fromReadings(input, name, 'network.paymentHostReached');
  const settings = settingsBehind(input, name);
  return [observe('network-proxy', { proxy: address }, { evidence, settings })];
}

function portalCheck(input: CheckInput, seen: Seen): Observation[] {
  if (seen.flag('network.portalCheck') !== false) return [];
  const evidence = fromReadings(input, 'network.portalCheck');
  return [observe('network-portal-check-off', {}, { evidence })];
}
