/** What is wrong between the terminal and the payment host, and the host itself. */
import { installed, setting, world } from './fault.ts';

const codebox = ['codebox'] as const;
const counter = ['counter'] as const;

const wired = [
  world(
    'no-network',
    'network',
    'neither Wi-Fi nor 4G: the router is off and the SIM has no service',
  ),
  world(
    'payment-host-unreachable',
    'network',
    'the payment host does not answer: requests time out',
  ),
  world('packet-loss', 'network', 'four requests in ten are lost'),
  world('slow-network', 'network', 'requests take 1.8 seconds'),
  world('jittery-network', 'network', 'a request takes between 20 and 600 milliseconds'),
  world('mtu-blackhole', 'network', 'small requests pass, large ones vanish'),
  setting(
    'dns-broken',
    'network',
    { 'net/dns': '10.255.255.1' },
    'a DNS server is set that does not exist',
  ),
  setting(
    'wrong-payment-host',
    'network',
    { 'net/host': 'pay.old-acquirer.test' },
    'the former acquirer’s payment host is set, whose name no longer exists',
  ),
  world(
    'router-dns-silent',
    'network',
    'the router no longer answers for names; a public resolver does',
  ),
] as const;

const wireless = [
  world('wifi-weak', 'wifi', 'the Wi-Fi signal is -88 dBm'),
  setting(
    'wifi-wrong-ssid',
    'wifi',
    { 'wifi/ssid': 'CMCC-FREE' },
    'joined to a public network next door',
  ),
  world('wifi-captive-portal', 'wifi', 'the Wi-Fi wants a login on a web page first'),
  setting(
    'wifi-not-joined',
    'wifi',
    { 'wifi/psk': 'old-password' },
    'the Wi-Fi password was changed; the terminal has the old one and falls back to 4G',
  ),
  setting('wifi-off', 'wifi', { 'wifi/enabled': '0' }, 'Wi-Fi is switched off; it runs on 4G'),
] as const;

const tunnel = [
  world('vpn-down', 'vpn', 'the tunnel does not come up: its server refuses the terminal', counter),
  setting('vpn-off', 'vpn', { 'vpn/enabled': '0' }, 'the tunnel is switched off', counter),
  world('vpn-flapping', 'vpn', 'the tunnel drops every twelve seconds', counter),
  setting(
    'vpn-forbidden-up',
    'vpn',
    { 'vpn/enabled': '1' },
    'a former provider’s tunnel is up and carries everything',
    codebox,
  ),
] as const;

const cellular = [
  world('cellular-weak', 'cellular', 'the 4G signal is -118 dBm with noise above it'),
  world('sim-absent', 'cellular', 'no SIM is in the slot'),
  world('sim-locked', 'cellular', 'the SIM is bound to another device'),
  world('sim-blocked', 'cellular', 'the SIM wants its PUK'),
  world('sim-expired', 'cellular', 'the SIM was cancelled; the carrier does not let it in'),
  world('sim-plan-used-up', 'cellular', 'the SIM registers and has an address, and nothing passes'),
  world(
    'sim-whitelist-without-dns',
    'cellular',
    'the SIM may talk to the payment host only, and not to DNS',
  ),
  world(
    'carrier-dns-silent',
    'cellular',
    'the carrier’s resolver does not answer; a public one does',
  ),
] as const;

const trust = [
  world('clock-off', 'clock', 'the clock is seven hours behind'),
  world('clock-reset', 'clock', 'the clock began again at 2019-01-01: its cell is flat'),
  setting('clock-zone-wrong', 'clock', { 'sys/tz': 'UTC' }, 'the time zone is UTC'),
  world('certificate-expired-at-host', 'tls', 'the payment host’s certificate ran out'),
  world(
    'certificate-not-yet-valid',
    'tls',
    'the payment host’s certificate is valid from tomorrow',
  ),
  world('certificate-wrong-name', 'tls', 'the payment host shows another host’s certificate'),
  world(
    'certificate-unknown-issuer',
    'tls',
    'the payment host’s certificate is from an authority that the terminal does not know',
  ),
  world('tls-proxy', 'tls', 'a filter in the shop’s network opens encrypted connections', codebox),
] as const;

const host = [
  world('platform-down', 'platform', 'the payment platform refuses connections'),
] as const;

const firmware = [
  installed('firmware-old', 'system-version', 'firmware 1.8.0 is installed'),
  installed(
    'old-security-patch',
    'system-version',
    'the firmware’s security patches are of March 2022',
    counter,
  ),
] as const;

export const networkFaults = [
  ...wired,
  ...wireless,
  ...tunnel,
  ...cellular,
  ...trust,
  ...firmware,
  ...host,
] as const;
