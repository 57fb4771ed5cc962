/** What is wrong between the terminal and the payment host, and the host itself. */
import { setting, world } from './fault.ts';

const old = ['at-700'] as const;
const modern = ['at-900'] as const;

const wired = [
  world('no-network', 'network', [
    'neither Wi-Fi nor 4G: the router is off and the SIM has no service',
    '没有网络：路由器关着，SIM 卡无服务',
  ]),
  world('payment-host-unreachable', 'network', [
    'the payment host does not answer: requests time out',
    '付款服务器不应答，请求超时',
  ]),
  world('packet-loss', 'network', ['four requests in ten are lost', '十个请求丢四个']),
  world('slow-network', 'network', ['requests take 1.8 seconds', '每个请求要 1.8 秒']),
  world('jittery-network', 'network', [
    'a request takes between 20 and 600 milliseconds',
    '请求时快时慢，20 到 600 毫秒',
  ]),
  world('router-dns-silent', 'network', [
    'the router no longer answers for names; a public resolver does',
    '路由器不解析域名，公共 DNS 能解析',
  ]),
  setting('wrong-payment-host', 'network', { 'merchant/payment_host': 'pay.old-acquirer.test' }, [
    'the former acquirer’s payment host is set, whose name no longer exists',
    '还设着原收单机构的付款服务器，域名已停用',
  ]),
  setting(
    'dns-broken',
    'network',
    { 'global/private_dns_mode': 'hostname', 'global/private_dns_specifier': 'dns.gone.test' },
    [
      'private DNS is set to a server that does not exist: no name resolves',
      '私人 DNS 设成了不存在的服务器，域名都解析不了',
    ],
    modern,
  ),
  setting('proxy-set', 'network', { 'global/http_proxy': '10.9.8.7:3128' }, [
    'a proxy of a former network is set that nobody answers at',
    '还设着以前网络的代理，代理不应答',
  ]),
  {
    ...world('proxy-managed', 'network', [
      'the management app keeps a proxy set that nobody answers at',
      '管理应用一直设着一个不应答的代理',
    ]),
    settings: {
      'global/global_http_proxy_host': '10.9.8.7',
      'global/global_http_proxy_port': '3128',
    },
  },
  setting('captive-portal-mode-off', 'network', { 'global/captive_portal_mode': '0' }, [
    'the check for sign-in pages is switched off',
    '认证页检测被关掉',
  ]),
  setting('airplane-mode', 'network', { 'global/airplane_mode_on': '1' }, [
    'airplane mode is on',
    '飞行模式开着',
  ]),
] as const;

const wireless = [
  world('wifi-weak', 'wifi', ['the Wi-Fi signal is -88 dBm', 'Wi-Fi 信号只有 −88 dBm']),
  world('wifi-wrong-ssid', 'wifi', [
    'joined to a public network next door',
    '连到了隔壁的公共 Wi-Fi',
  ]),
  world('wifi-captive-portal', 'wifi', [
    'the Wi-Fi wants a login on a web page first',
    'Wi-Fi 要先在网页上认证',
  ]),
  world('wifi-not-joined', 'wifi', [
    'the Wi-Fi password was changed; the terminal has the old one and falls back to 4G',
    'Wi-Fi 密码换过，终端连不上，退到 4G',
  ]),
  setting('wifi-off', 'wifi', { 'global/wifi_on': '0' }, [
    'Wi-Fi is switched off; it runs on 4G',
    'Wi-Fi 被关掉，只走 4G',
  ]),
] as const;

const tunnel = [
  world(
    'vpn-down',
    'vpn',
    [
      'the tunnel does not come up: its server refuses the terminal',
      'VPN 连不上，服务器拒绝这台终端',
    ],
    modern,
  ),
  setting(
    'vpn-off',
    'vpn',
    { 'secure/always_on_vpn_app': '', 'secure/always_on_vpn_lockdown': '0' },
    ['the tunnel is no longer always on, and is down', 'VPN 的“始终开启”被关掉，隧道断开'],
    modern,
  ),
  world(
    'vpn-forbidden-up',
    'vpn',
    [
      'a former provider’s tunnel is up and carries everything',
      '原服务商的 VPN 还开着，流量都绕过去',
    ],
    old,
  ),
] as const;

const cellular = [
  world('cellular-weak', 'cellular', [
    'the 4G signal is -118 dBm with noise above it',
    '4G 信号只有 −118 dBm，噪声大',
  ]),
  world('sim-absent', 'cellular', ['no SIM is in the slot', '没插 SIM 卡']),
  world('sim-locked', 'cellular', [
    'the SIM is bound to another device',
    'SIM 卡绑定在另一台设备上（机卡绑定）',
  ]),
  world('sim-blocked', 'cellular', ['the SIM wants its PUK', 'SIM 卡被锁，要 PUK']),
  world('sim-expired', 'cellular', [
    'the SIM was cancelled; the carrier does not let it in',
    'SIM 卡已销户，运营商不让入网',
  ]),
  world('sim-plan-used-up', 'cellular', [
    'the SIM registers and has an address, and nothing passes',
    'SIM 卡流量用完：已注册、有地址、没流量',
  ]),
  setting('mobile-data-off', 'cellular', { 'global/mobile_data': '0' }, [
    'mobile data is switched off',
    '移动数据被关掉',
  ]),
] as const;

const trust = [
  setting('clock-off', 'clock', { 'global/auto_time': '0' }, [
    'the clock is seven hours behind; the network’s time is switched off',
    '时钟慢 7 小时，自动对时被关掉',
  ]),
  world('clock-reset', 'clock', [
    'the clock began again at 2019-01-01: its cell is flat, and no network time came',
    '时钟电池没电，从 2019 年 1 月 1 日走起',
  ]),
  setting(
    'clock-zone-wrong',
    'clock',
    { 'prop/persist.sys.timezone': 'UTC', 'global/auto_time_zone': '0' },
    ['the time zone is UTC', '时区设成了 UTC'],
  ),
  world('certificate-expired-at-host', 'tls', [
    'the payment host’s certificate ran out',
    '支付服务器的证书过期',
  ]),
  world('certificate-not-yet-valid', 'tls', [
    'the payment host’s certificate is valid from tomorrow',
    '支付服务器的证书明天才生效',
  ]),
  world('certificate-wrong-name', 'tls', [
    'the payment host shows another host’s certificate',
    '支付服务器给的是另一台主机的证书',
  ]),
  world('certificate-unknown-issuer', 'tls', [
    'the payment host’s certificate is from an authority that the terminal does not know',
    '支付服务器的证书由终端不认识的机构签发',
  ]),
] as const;

const host = [
  world('platform-down', 'platform', [
    'the payment platform refuses connections',
    '支付平台拒绝连接',
  ]),
] as const;

export const networkFaults = [
  ...wired,
  ...wireless,
  ...tunnel,
  ...cellular,
  ...trust,
  ...host,
] as const;
