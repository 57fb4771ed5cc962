/** Links, addresses, routes, and what a ping gets. */
import { PAYMENT_ADDRESS, PAYMENT_HOST, type NetworkState } from '../device/network.ts';
import type { PlainCommand, StreamingCommand } from '../shell/command.ts';
import { sleep } from '../shell/io.ts';

const interfaces = ['lo', 'dummy0', 'rmnet_data0', 'wlan0', 'tun0'] as const;

export const ip: PlainCommand = (args, device) => {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const [object = '', ...rest] = words;
  const { network } = device;
  if (/^(a|ad|addr|address)$/.test(object)) {
    const wanted = rest.find((word) => (interfaces as readonly string[]).includes(word));
    return { out: addresses(network, device.vpn.up !== null, wanted) };
  }
  if (/^(r|ro|route)$/.test(object)) return { out: routes(network) };
  if (/^(l|link)$/.test(object)) return { out: addresses(network, false, undefined, true) };
  if (object === 'rule')
    return { out: '0:\tfrom all lookup local \n32000:\tfrom all unreachable\n' };
  return { err: `Object "${object}" is unknown, try "ip help".\n`, code: 255 };
};

interface Shown {
  readonly name: string;
  readonly up: boolean;
  readonly flags: string;
  readonly link: string;
  readonly inet: string | null;
}

function shownInterfaces(network: NetworkState, tunnel: boolean): Shown[] {
  const wifi = network.interface === 'wlan0';
  const inet = (on: boolean): string | null =>
    on && network.address !== null ? `${network.address}/${network.prefixLength}` : null;
  return [
    {
      name: 'lo',
      up: true,
      flags: 'LOOPBACK,UP,LOWER_UP',
      link: 'link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
      inet: '127.0.0.1/8',
    },
    {
      name: 'dummy0',
      up: true,
      flags: 'BROADCAST,NOARP,UP,LOWER_UP',
      link: 'link/ether 2a:4d:7c:10:88:e1 brd ff:ff:ff:ff:ff:ff',
      inet: null,
    },
    {
      name: 'rmnet_data0',
      up: network.interface === 'rmnet_data0',
      flags: 'UP,LOWER_UP',
      link: 'link/[530]',
      inet: inet(network.interface === 'rmnet_data0'),
    },
    {
      name: 'wlan0',
      up: wifi,
      flags: wifi ? 'BROADCAST,MULTICAST,UP,LOWER_UP' : 'NO-CARRIER,BROADCAST,MULTICAST,UP',
      link: 'link/ether 9c:a5:25:61:0d:3e brd ff:ff:ff:ff:ff:ff',
      inet: inet(wifi),
    },
    ...(tunnel
      ? [
          {
            name: 'tun0',
            up: true,
            flags: 'POINTOPOINT,UP,LOWER_UP',
            link: 'link/none',
            inet: '10.88.0.2/32',
          },
        ]
      : []),
  ];
}

function addresses(
  network: NetworkState,
  tunnel: boolean,
  wanted: string | undefined,
  linksOnly = false,
): string {
  const all = shownInterfaces(network, tunnel);
  return all
    .map(({ name, up, flags, link, inet }, at) => {
      if (wanted !== undefined && name !== wanted) return '';
      const mtu = name === 'lo' ? 65_536 : name === 'tun0' ? 1400 : 1500;
      const state = name === 'lo' || name === 'tun0' ? 'UNKNOWN' : up ? 'UP' : 'DOWN';
      const head = `${at + 1}: ${name}: <${flags}> mtu ${mtu} qdisc pfifo_fast state ${state} group default qlen 1000\n    ${link}\n`;
      if (linksOnly || inet === null) return head;
      const broadcast = name === 'wlan0' ? ' brd 192.168.31.255' : '';
      const scope = name === 'lo' ? 'host' : 'global';
      return `${head}    inet ${inet}${broadcast} scope ${scope} ${name}\n       valid_lft forever preferred_lft forever\n`;
    })
    .join('');
}

function routes({ interface: name, address, link }: NetworkState): string {
  if (name === null || address === null) return '';
  const network = link === 'wifi' ? '192.168.31.0/24' : '10.77.14.200/29';
  return `${network} dev ${name} proto kernel scope link src ${address} \n`;
}

export const ping: StreamingCommand = async ({ args, io, device, signal }) => {
  const option = (name: string): number | null => {
    const value = args[args.indexOf(name) + 1];
    return args.includes(name) && value !== undefined ? Number(value) : null;
  };
  const host = args.filter((arg) => /[a-z.]/.test(arg) && !arg.startsWith('-')).at(-1) ?? '';
  const { network } = device;
  const named = !/^[\d.]+$/.test(host);
  if (network.link === 'none') {
    await io.stderr(Buffer.from('connect: Network is unreachable\n'));
    return 2;
  }
  if (named && (!network.resolves || !/posbench\.test$/.test(host))) {
    await io.stderr(Buffer.from(`ping: unknown host ${host}\n`));
    return 2;
  }
  const count = option('-c') ?? 4;
  const ours = host === PAYMENT_HOST || host === PAYMENT_ADDRESS;
  const answer = network.host;
  const lost = ours ? answer.lossPercent : network.validated ? 0 : 100;
  const address = named ? PAYMENT_ADDRESS : host;
  await io.stdout(Buffer.from(`PING ${host} (${address}) 56(84) bytes of data.\n`));
  const times: number[] = [];
  for (let sequence = 1; sequence <= count; sequence++) {
    await sleep(Math.min(1000, (option('-i') ?? 0.05) * 1000), signal);
    if ((sequence * lost) % 100 >= 100 - lost && lost > 0) continue;
    const swing = answer.jitterMs * (sequence % 2 === 0 ? 1 : -1);
    const ms = Math.max(1, (ours ? answer.rttMs : 12) + swing);
    times.push(ms);
    await io.stdout(
      Buffer.from(
        `64 bytes from ${address}: icmp_seq=${sequence} ttl=52 time=${ms.toFixed(1)} ms\n`,
      ),
    );
  }
  const received = times.length;
  const loss = Math.round(((count - received) * 100) / count);
  const summary = `\n--- ${host} ping statistics ---\n${count} packets transmitted, ${received} received, ${loss}% packet loss, time ${count * 1001}ms\n`;
  const mean = times.reduce((sum, ms) => sum + ms, 0) / Math.max(1, received);
  const spread =
    received > 0
      ? `rtt min/avg/max/mdev = ${Math.min(...times).toFixed(3)}/${mean.toFixed(3)}/${Math.max(...times).toFixed(3)}/${answer.jitterMs.toFixed(3)} ms\n`
      : '';
  await io.stdout(Buffer.from(summary + spread));
  return received > 0 ? 0 : 1;
};
