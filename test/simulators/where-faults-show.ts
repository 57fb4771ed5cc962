/** Where each fault of the terminal is seen over SMP, and what is seen there: without it, and with it. */
import type { Host } from './host.ts';

export type Look = (host: Host) => Promise<unknown>;
type Seen = readonly [look: Look, healthy: unknown, faulty: unknown];

const shell =
  (...argv: string[]): Look =>
  async (host) =>
    (await host.shell(...argv)).o;
const setting =
  (name: string): Look =>
  (host) =>
    host.setting(name);
const statistic =
  (group: string, field: string): Look =>
  async (host) =>
    (await host.statistics(group))[field];

const network: Record<string, Seen> = {
  'no-network': [shell('net', 'probe'), /Reached: yes/, /Reached: no \(no link\)/],
  'payment-host-unreachable': [shell('net', 'probe'), /Reached: yes/, /Reached: no \(timeout\)/],
  'packet-loss': [shell('net', 'probe'), /Loss: 0 %/, /Received: 6\r\nLoss: 40 %/],
  'slow-network': [statistic('net', 'rtt_ms'), 38, 1812],
  'jittery-network': [shell('net', 'probe'), /Jitter: 6 ms/, /Jitter: [2-5]\d\d ms/],
  'mtu-blackhole': [shell('net', 'probe'), /Large: 3\/3/, /Large: 0\/3/],
  'dns-broken': [shell('net', 'dns'), /Answer: 203\.0\.113\.24/, /Answer: none/],
  'router-dns-silent': [
    shell('net', 'dns'),
    /Answer: 203\.0\.113\.24/,
    /Server: 192\.168\.31\.1\r\nAnswer: none/,
  ],
  'wrong-payment-host': [shell('net', 'probe'), /Reached: yes/, /Reached: no \(dns\)/],
  'wifi-weak': [shell('wifi', 'status'), /RSSI: -52/, /RSSI: -88/],
  'wifi-wrong-ssid': [shell('wifi', 'status'), /SSID: LAOWANG-2F/, /SSID: CMCC-FREE/],
  'wifi-captive-portal': [shell('wifi', 'status'), /Portal: none/, /Portal: http/],
  'wifi-not-joined': [shell('net', 'iface'), /Link: wifi/, /Link: cellular/],
  'wifi-off': [shell('wifi', 'status'), /State: COMPLETED/, /State: INTERFACE_DISABLED/],
  'vpn-down': [shell('vpn', 'status'), /State: up/, /State: refused/],
  'vpn-off': [shell('vpn', 'status'), /State: up/, /State: off/],
  'vpn-flapping': [shell('vpn', 'status'), /Drops: 0/, /Drops: [5-9]\b|Drops: \d\d/],
  'vpn-forbidden-up': [shell('vpn', 'status'), /State: off/, /State: up/],
  'platform-down': [shell('net', 'probe'), /Reached: yes/, /Reached: no \(refused\)/],
};

const cellular: Record<string, Seen> = {
  'cellular-weak': [shell('cell', 'status'), /RSRP: -94\r\nSINR: 12/, /RSRP: -118\r\nSINR: -4/],
  'sim-absent': [shell('cell', 'status'), /SIM: ready/, /SIM: absent\r\nRegistration: off/],
  'sim-locked': [
    shell('cell', 'status'),
    /home/,
    /SIM: locked\r\nRegistration: denied\r\nCause: 6/,
  ],
  'sim-blocked': [shell('cell', 'status'), /SIM: ready/, /SIM: blocked\r\nRegistration: off/],
  'sim-expired': [shell('cell', 'status'), /home/, /SIM: expired\r\nRegistration: denied/],
  'sim-plan-used-up': [
    shell('cell', 'status'),
    /Data: passing/,
    /Registration: home[^]*IPv4: 10\.[^]*Data: none passing/,
  ],
};

/** Of a terminal on 4G: elsewhere nobody notices. */
export const onCellularOnly: Record<string, Seen> = {
  'sim-whitelist-without-dns': [
    shell('net', 'dns', 'pay.posbench.test', '223.5.5.5'),
    /Answer: 203/,
    /Answer: none/,
  ],
  'carrier-dns-silent': [
    shell('net', 'dns'),
    /Answer: 203/,
    /Server: 10\.131\.0\.1\r\nAnswer: none/,
  ],
};

const trust: Record<string, Seen> = {
  'clock-off': [shell('clock'), /source: network/, /\+08:00 \(source: rtc\)/],
  'clock-reset': [
    shell('net', 'tls'),
    /Verify: ok/,
    /Clock: 2019-01-01[^]*failed \(not yet valid\)/,
  ],
  'clock-zone-wrong': [shell('clock'), /\+08:00/, /\+00:00 \(source: network\)\r\nZone: UTC/],
  'certificate-expired-at-host': [shell('net', 'tls'), /Verify: ok/, /Verify: failed \(expired\)/],
  'certificate-not-yet-valid': [shell('net', 'tls'), /Verify: ok/, /failed \(not yet valid\)/],
  'certificate-wrong-name': [
    shell('net', 'tls'),
    /Subject: CN=pay\.posbench\.test/,
    /Subject: CN=default\.edge-host\.test[^]*failed \(name mismatch\)/,
  ],
  'certificate-unknown-issuer': [
    shell('net', 'tls'),
    /Issuer: CN=Training Issuing CA G2/,
    /Issuer: CN=Training Issuing CA G3[^]*failed \(unknown issuer\)/,
  ],
  'tls-proxy': [shell('net', 'tls'), /Verify: ok/, /Content Filter[^]*failed \(unknown issuer\)/],
};

const device: Record<string, Seen> = {
  'battery-low': [statistic('battery', 'level_pct'), 83, 12],
  'battery-empty-not-charging': [
    shell('battery', 'status'),
    /Level: 83 %[^]*State: charging/,
    /Level: 2 %[^]*State: plugged, not charging/,
  ],
  'battery-hot': [statistic('battery', 'temp_c10'), 295, 582],
  'battery-worn': [shell('battery', 'status'), /Cycles: 146/, /Health: worn\r\nCycles: 1180/],
  'firmware-old': [shell('device', 'info'), /firmware: 2\.0\.0/, /firmware: 1\.8\.0/],
  'old-security-patch': [
    shell('device', 'info'),
    /patch: 20[^2]|patch: 202[^2]/,
    /patch: 2022-03-05/,
  ],
  tampered: [shell('device', 'state'), /Tamper: none/, /Main key: erased[^]*Tamper: triggered/],
  'volume-muted': [shell('sound', 'status'), /Volume: 80 %/, /Volume: 0 %/],
  'announcement-offline': [shell('sound', 'status'), /Missed: 0/, /Channel: offline[^]*Missed: 6/],
  'scanner-dead': [shell('scanner', 'info'), /Self-test: ok/, /Engine: no answer/],
  'scanner-slow': [shell('scanner', 'info'), /Decode: avg 160 ms/, /Decode: avg 1280 ms/],
  'scanner-window-dirty': [shell('scanner', 'info'), /avg 160 ms/, /Self-test: ok[^]*avg 250 ms/],
  'scanner-illumination-dead': [shell('scanner', 'info'), /test: ok/, /failed \(illumination\)/],
  'scanner-misses-inverted': [shell('scanner', 'info'), /Inverse: on/, /Inverse: off/],
  'scanner-limits-length': [shell('scanner', 'info'), /Longest: 512/, /Longest: 18 /],
  'scanner-misses-damaged': [shell('scanner', 'info'), /Firmware: 1\.14/, /Firmware: 1\.02/],
  'printer-no-paper': [shell('printer', 'status'), /State: ready/, /State: paper out/],
  'printer-lid-open': [shell('printer', 'status'), /Lid: closed/, /State: lid open[^]*Lid: open/],
  'printer-overheated': [shell('printer', 'status'), /Head: 31 C/, /State: overheated[^]*71 C/],
};

const payment: Record<string, Seen> = {
  'wrong-merchant': [setting('pay/mid'), '898310048160001', '898310048160999'],
  'merchant-number-mistyped': [
    shell('pay', 'status'),
    /Last response: 00 approved/,
    /Last response: 03 no such merchant/,
  ],
  'wrong-terminal-number': [setting('pay/tid'), '10086421', '10086499'],
  'wrong-channel': [setting('pay/channel'), 'acq-east', 'test'],
  'wrong-settlement-tail': [setting('pay/settle_tail'), '4821', '0007'],
  'payment-method-closed': [setting('pay/methods'), 'wechat,alipay,unionpay', 'alipay,unionpay'],
  'wrong-currency': [shell('qr', 'show'), /520458125303156/, /520458125303344/],
  'qr-static-instead-of-dynamic': [
    shell('qr', 'show'),
    /Payload: 000201010212/,
    /Payload: 000201010211/,
  ],
  'qr-payload-foreign': [shell('qr', 'show'), /898310048160001/, /898310048168888/],
  'qr-presented-customer': [shell('qr', 'show'), /Payload: /, /Presented: customer\r\n$/],
  'qr-presented-merchant': [shell('qr', 'show'), /Presented: customer\r\n$/, /Payload: /],
  'qr-validity-too-long': [setting('qr/validity_s'), '120', '86400'],
  'qr-validity-too-short': [
    shell('qr', 'show'),
    /Expires: (?:[4-9]\d|\d{3}) s/,
    /Expires: [1-3]?\d s/,
  ],
  'not-activated': [shell('device', 'state'), /Activation: done/, /Activation: none/],
  'parameters-missing': [shell('device', 'state'), /Parameters: downloaded/, /Parameters: none/],
  'main-key-missing': [shell('device', 'state'), /Main key: present/, /Main key: missing/],
  'not-signed-in': [shell('pay', 'status'), /response: 00/, /Last response: 77 sign in again/],
  'device-not-filed': [shell('pay', 'status'), /response: 00/, /97 terminal not registered/],
  'two-acquirers': [
    shell('pay', 'apps'),
    /Default: cn\.posbench\.pay/,
    /Acquirers: cn\.posbench\.pay,cn\.otherpay\.pos\r\nDefault: cn\.otherpay\.pos/,
  ],
  'managed-pushback': [
    shell('device', 'state'),
    /Managed by: -/,
    /Managed by: tms\.otherpay\.test/,
  ],
  'unsettled-transactions': [statistic('pay', 'unsettled'), 0, 3],
};

export const whereSeen: Readonly<Record<string, Seen>> = {
  ...network,
  ...cellular,
  ...onCellularOnly,
  ...trust,
  ...device,
  ...payment,
};
