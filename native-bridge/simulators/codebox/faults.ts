/**
 * What can be wrong with the simulated code box, as data. `terminal` faults are true of the device
 * or the world around it; `line` faults are of the cable, the port or the way firmware is taken.
 */
export type FaultKind = 'terminal' | 'line';

/**
 * How it goes away: writing the right settings over SMP, flashing good firmware, or only when
 * somebody does something about it (the control message).
 */
export type ClearedBy = 'setting' | 'firmware' | 'control';

export interface FaultInfo {
  readonly name: string;
  /** What it simulates. */
  readonly simulates: string;
  readonly kind: FaultKind;
  /** The check of the playbook that it makes fail; null where it makes none fail. */
  readonly check: string | null;
  readonly clearedBy: ClearedBy;
  /** Settings it changes, with the wrong values. */
  readonly settings?: Readonly<Record<string, string>>;
}

function world(name: string, check: string | null, simulates: string): FaultInfo {
  return { name, simulates, kind: 'terminal', check, clearedBy: 'control' };
}

function setting(
  name: string,
  check: string,
  settings: Readonly<Record<string, string>>,
  simulates: string,
): FaultInfo {
  return { name, simulates, kind: 'terminal', check, clearedBy: 'setting', settings };
}

function line(name: string, simulates: string): FaultInfo {
  return { name, simulates, kind: 'line', check: null, clearedBy: 'control' };
}

export const faults = [
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
  world('battery-low', 'battery', 'the battery is at 12 %, on no charger'),
  world(
    'battery-empty-not-charging',
    'battery',
    'the battery is at 2 %, plugged in but not charging',
  ),
  world('battery-hot', 'battery', 'the battery is at 58 degrees'),
  {
    name: 'firmware-old',
    simulates: 'firmware 1.8.0 is installed',
    kind: 'terminal',
    check: 'system-version',
    clearedBy: 'firmware',
  },
  setting(
    'wrong-merchant',
    'payment-settings',
    { 'pay/mid': '898310048160999', 'pay/merchant_name': '老李水果店' },
    'another merchant’s name and number are set',
  ),
  setting(
    'wrong-terminal-number',
    'payment-settings',
    { 'pay/tid': '10086499' },
    'the terminal number of another device is set',
  ),
  setting(
    'wrong-channel',
    'payment-settings',
    { 'pay/channel': 'test' },
    'the test channel is set',
  ),
  setting(
    'wrong-settlement-tail',
    'payment-settings',
    { 'pay/settle_tail': '0007' },
    'another settlement account is set',
  ),
  setting(
    'qr-static-instead-of-dynamic',
    'qr-mode',
    { 'qr/mode': 'static' },
    'a static code is shown where dynamic ones are agreed',
  ),
  setting(
    'qr-payload-foreign',
    'qr-mode',
    { 'qr/payee': '898310048168888' },
    'the displayed code pays another merchant',
  ),
  setting(
    'qr-validity-too-long',
    'qr-mode',
    { 'qr/validity_s': '86400' },
    'codes stay valid for a day',
  ),
  world('platform-down', 'platform', 'the payment platform refuses connections'),
  world(
    'unsettled-transactions',
    null,
    'three transactions are not settled and one is not sent: a reason not to flash',
  ),
  line('lost-bytes', 'a byte is lost now and then, both ways'),
  line('doubled-bytes', 'a byte arrives twice now and then, both ways'),
  line('corrupted-bytes', 'a bit flips now and then, both ways'),
  line('split-bytes', 'what the terminal sends arrives in pieces of one to seven bytes'),
  line('log-noise', 'log text pours out, between the frames and between the lines of a frame'),
  line('slow-erase', 'erasing the second slot takes eight seconds'),
  line(
    'drops-fragments',
    'few line buffers: a line is dropped now and then while another request is in work',
  ),
  line('reset-mid-upload', 'the terminal restarts once, when two fifths of the image are there'),
  line(
    'cable-pulled-mid-upload',
    'the cable is pulled once, when two fifths of the image are there, and is back after three seconds',
  ),
  line('echoing-port', 'the port returns every byte; no terminal behind it'),
  line('silent', 'the port opens, and nothing ever answers'),
  line('wrong-offset-storm', 'every part of an image is answered with offset 0, for ever'),
  line('swap-slow', 'the boot loader is silent for ten times as long while it swaps'),
  line('boots-old-image', 'the boot loader ignores the new image and boots the old one'),
  line(
    'dead-after-swap',
    'the new image never comes up; only power off and on brings the old one back',
  ),
  line('other-device-after-swap', 'after the swap another serial number answers'),
  line('battery-drop', 'the battery falls to 4 % when half of the image is there'),
  line(
    'boot-pin-held',
    'the boot pin is held: at the next reset the boot loader’s serial recovery',
  ),
  line(
    'power-lost-mid-upload',
    'the power goes once, when two fifths of the image are there, and is back after a second and a half',
  ),
  line(
    'power-lost-in-swap',
    'the power goes once, half way through the boot loader’s next swap or copy, and is back after a second and a half',
  ),
  line('resets-on-trial', 'the new image restarts by itself before it is confirmed'),
  line('back-late', 'after an update it comes back only after minutes (--late-ms)'),
  line('other-address-after-swap', 'after the next update it comes back at another address'),
  line('other-model-after-swap', 'after the swap another model answers'),
  line(
    'settings-lost-some',
    'an update loses the terminal number, the Wi-Fi password and the mode',
  ),
  line('settings-lost-all', 'an update leaves the settings of a terminal that was never set up'),
  line('settings-lost-by-revert', 'going back to the old image loses all settings'),
  line('battery-unreadable-after-swap', 'the new image can’t read the battery'),
  line('stores-wrong-byte', 'a byte of the next image is stored wrongly, and reported as right'),
  line('wrong-stored-hash-reported', 'the image list has a wrong hash for the image that waits'),
  line('wrong-running-hash-reported', 'the image list has a wrong hash for the image that runs'),
  line('wrong-version-reported', 'the image list has a wrong version for the image that runs'),
  line('upload-offset-ahead', 'one reply asks for a part further on than it needs'),
  line('upload-offset-behind', 'one reply asks for a part that it already has'),
  line('upload-offset-beyond', 'from half of the image on it says that it has all of it'),
  line('reply-lost', 'the reply to the next request is lost'),
  line('reply-doubled', 'the reply to the next request comes twice'),
  line('confirm-refused', 'confirming is refused: the flag can’t be written'),
  line('confirm-claimed', 'nothing is confirmed, and the image list says that it is'),
  line('confirm-ignored', 'confirming is answered well, and nothing is confirmed'),
] as const satisfies readonly FaultInfo[];

export type FaultName = (typeof faults)[number]['name'];

export function faultByName(name: string): FaultInfo | undefined {
  return faults.find((fault) => fault.name === name);
}

/** Which faults are on. */
export class FaultSet {
  readonly #on = new Set<string>();

  has(name: FaultName): boolean {
    return this.#on.has(name);
  }

  set(name: string, on: boolean): void {
    if (on) this.#on.add(name);
    else this.#on.delete(name);
  }

  /** True once for a fault that happens once; it is off afterwards. */
  takeOnce(name: FaultName): boolean {
    return this.#on.delete(name);
  }

  names(): string[] {
    return [...this.#on].sort();
  }
}
