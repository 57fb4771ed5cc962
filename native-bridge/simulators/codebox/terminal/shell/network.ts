/** Links, names, probes, the tunnel and the certificate. */
import type { Certificate } from '../network/certificate.ts';
import { EIO, failed, good, type Commands, type Run } from './output.ts';

const PROBE_MS = 300;
const DNS_MS = 25;
const HANDSHAKE_MS = 180;

const wifiStatus: Run = (terminal) => {
  const wifi = terminal.network.wifi();
  const first = [`State: ${wifi.state}`, `SSID: ${wifi.ssid}`];
  if (wifi.state !== 'COMPLETED') return good(first);
  return good([
    ...first,
    `BSSID: ${wifi.bssid}`,
    'Band: 2.4GHz',
    `Channel: ${wifi.channel}`,
    `Security: ${wifi.security}`,
    `RSSI: ${wifi.rssiDbm}`,
    `Portal: ${wifi.portal ?? 'none'}`,
  ]);
};

const wifiConnect: Run = (terminal) => {
  terminal.settings.commit();
  const { state, ssid } = terminal.network.wifi();
  if (state === 'COMPLETED') return good([`Joined ${ssid}`], PROBE_MS);
  return failed([`Not joined: ${state}`], EIO, PROBE_MS);
};

const netInterface: Run = ({ network }) => {
  const { link, address, gateway, dns } = network.interface();
  return good([
    `Link: ${link}`,
    `IPv4: ${address}`,
    `Gateway: ${gateway}`,
    `DNS: ${dns}`,
    `DNS 2: ${network.secondResolver()}`,
  ]);
};

/** `net dns [NAME [SERVER]]` */
const netDns: Run = ({ network }, args) => {
  const name = args[0] ?? network.paymentHost();
  const server = args[1] ?? network.interface().dns;
  const answer = network.resolve(name, server);
  const asked = [`Query: ${name}`, `Server: ${server}`];
  if (answer === null) return failed([...asked, 'Answer: none'], EIO, PROBE_MS);
  return good([...asked, `Answer: ${answer}`, 'Time: 21 ms'], DNS_MS);
};

const netProbe: Run = ({ network }, args) => {
  const host = args[0] ?? network.paymentHost();
  const probe = network.probe(host);
  const lines = [`Host: ${host}`];
  if (probe.address !== null) lines.push(`Address: ${probe.address}`);
  if (!probe.reached) {
    lines.push(`Reached: no (${probe.reason ?? 'unknown'})`);
    if (probe.sent > 0) lines.push(`Sent: ${probe.sent}`, `Received: ${probe.received}`);
    return failed(lines, EIO, PROBE_MS);
  }
  const loss = Math.round((100 * (probe.sent - probe.received)) / probe.sent);
  lines.push(
    'Reached: yes',
    `Sent: ${probe.sent}`,
    `Received: ${probe.received}`,
    `Loss: ${loss} %`,
    `RTT: min ${probe.rtt.min} avg ${probe.rtt.avg} max ${probe.rtt.max} ms`,
    `Jitter: ${probe.jitterMs} ms`,
    `Large: ${probe.largePassed}/3`,
  );
  return good(lines, PROBE_MS);
};

const netTls: Run = ({ network, clock }) => {
  const host = network.paymentHost();
  const { certificate, problems, failure } = network.handshake(host);
  const lines = [`Host: ${host}`, `Clock: ${day(clock.utcMs())}`];
  if (certificate === null) {
    return failed([...lines, `Verify: none (${failure ?? 'no connection'})`], EIO, HANDSHAKE_MS);
  }
  lines.push(...certificateLines(certificate));
  if (problems.length === 0) return good([...lines, 'Verify: ok'], HANDSHAKE_MS);
  return failed([...lines, `Verify: failed (${problems.join(', ')})`], EIO, HANDSHAKE_MS);
};

function certificateLines({ name, issuer, fromMs, untilMs }: Certificate): string[] {
  return [
    `Subject: CN=${name}`,
    `Issuer: CN=${issuer}`,
    `Valid: ${day(fromMs)} to ${day(untilMs)}`,
  ];
}

function day(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 10);
}

const vpnStatus: Run = ({ network }) => {
  const { state, ageSeconds, drops } = network.tunnel();
  const lines = [`State: ${state}`];
  if (state === 'up') lines.push(`Up for: ${ageSeconds} s`);
  return good([...lines, `Drops: ${drops}`]);
};

const cellStatus: Run = ({ network }) => {
  const cell = network.cell();
  const lines = [`SIM: ${cell.sim}`, `Registration: ${cell.registration}`];
  if (cell.cause !== null) lines.push(`Cause: ${cell.cause}`);
  if (!cell.registered) return good(lines);
  return good([
    ...lines,
    `Operator: ${cell.operator}`,
    `RSRP: ${cell.rsrpDbm}`,
    `SINR: ${cell.sinrDb}`,
    `IPv4: ${cell.address}`,
    `Data: ${network.cellPasses ? 'passing' : 'none passing'}`,
  ]);
};

export const networkCommands: Commands = {
  'wifi status': wifiStatus,
  'wifi connect': wifiConnect,
  'net iface': netInterface,
  'net dns': netDns,
  'net probe': netProbe,
  'net tls': netTls,
  'vpn status': vpnStatus,
  'cell status': cellStatus,
};
