/**
 * The settings as Zephyr keeps them: what a handler holds now (runtime), what was saved, and the
 * built-in defaults. A write changes the runtime value; only a save makes it survive a reset. Keys
 * marked `onCommit` take effect at a commit, a load or a reset, though reading shows the new value.
 */
import { flag, percent, TEXT, type SettingSpec } from './setting-spec.ts';
import { zoneNames } from './zones.ts';

export type { SettingSpec } from './setting-spec.ts';

const HOST = /^[a-z0-9.-]{1,64}$/;

/** Of every model; a model's own go over them (models/). */
export const settingSpecs: Readonly<Record<string, SettingSpec>> = {
  'pay/merchant_name': { fallback: '老王面馆', blank: '', accepts: TEXT },
  'pay/mid': { fallback: '898310048160001', blank: '', accepts: /^\d{15}$/ },
  'pay/tid': { fallback: '10086421', blank: '', accepts: /^\d{8}$/ },
  'pay/channel': { fallback: 'acq-east', blank: 'test', accepts: /^(acq-east|acq-west|test)$/ },
  'pay/methods': {
    fallback: 'wechat,alipay,unionpay',
    blank: 'wechat',
    accepts: /^[a-z]+(,[a-z]+)*$/,
  },
  'pay/settle_tail': { fallback: '4821', blank: '', accepts: /^\d{4}$/ },
  'pay/currency': { fallback: '156', accepts: /^\d{3}$/ },
  'qr/mode': { fallback: 'dynamic', blank: 'static', accepts: /^(dynamic|static)$/ },
  'qr/validity_s': {
    fallback: '120',
    blank: '86400',
    accepts: /^([3-9]\d|[1-9]\d{2,3}|[1-7]\d{4}|8[0-5]\d{3}|86[0-3]\d{2}|86400)$/,
  },
  'qr/payee': { fallback: 'auto', accepts: /^(auto|\d{15})$/ },
  'wifi/enabled': flag('1'),
  'wifi/ssid': { fallback: 'LAOWANG-2F', blank: '', accepts: TEXT, onCommit: true },
  'wifi/psk': {
    fallback: 'posbench-training',
    blank: '',
    accepts: /^.{8,63}$/u,
    onCommit: true,
    secret: true,
  },
  'net/host': {
    fallback: 'pay.posbench.test',
    blank: 'setup.posbench.test',
    accepts: HOST,
    onCommit: true,
  },
  'net/dns': { fallback: 'auto', accepts: /^(auto|(\d{1,3}\.){3}\d{1,3})$/, onCommit: true },
  'net/apn': { fallback: 'cmiot', blank: 'internet', accepts: HOST, onCommit: true },
  'snd/volume': percent('80'),
  'sys/tz': { fallback: 'Asia/Shanghai', accepts: new RegExp(`^(${zoneNames.join('|')})$`) },
};

const MAX_VALUE_BYTES = 256;

/** The settings group's own codes (Zephyr, settings management). */
export const settingsRc = {
  unknown: 1,
  keyTooLong: 2,
  keyNotFound: 3,
  readNotSupported: 4,
  rootKeyNotFound: 5,
  writeNotSupported: 6,
  deleteNotSupported: 7,
} as const;

type Values = Readonly<Record<string, string>>;

export class Settings {
  #runtime = new Map<string, string>();
  #saved = new Map<string, string>();
  #committed = new Map<string, string>();
  readonly #own: Readonly<Record<string, SettingSpec>>;
  readonly #installed: Values;
  readonly #changed: () => void;

  /**
   * `own`: the model's, over those of every model. `installed`: what whoever put it up set it to,
   * where that is not the default. `changed` is called when somebody has written over SMP.
   */
  constructor(
    own: Readonly<Record<string, SettingSpec>>,
    installed: Values,
    changed: () => void = () => undefined,
  ) {
    this.#own = own;
    this.#installed = installed;
    this.#changed = changed;
    this.load();
  }

  get keys(): string[] {
    return Object.keys({ ...settingSpecs, ...this.#own });
  }

  /** What the terminal acts by. */
  active(key: string): string {
    const values = this.#spec(key)?.onCommit === true ? this.#committed : this.#runtime;
    return values.get(key) ?? this.#default(key);
  }

  /** What a read shows. */
  value(key: string): string {
    return this.#runtime.get(key) ?? this.#default(key);
  }

  /** 0, or the group's code for what is wrong. */
  write(key: string, value: Uint8Array): number {
    const found = this.lookUp(key);
    if (typeof found === 'number') return found;
    if (found.readOnly === true) return settingsRc.writeNotSupported;
    if (value.length > MAX_VALUE_BYTES) return settingsRc.unknown;
    const text = utf8(value);
    if (text === null || !found.accepts.test(text)) return settingsRc.unknown;
    this.#runtime.set(key, text);
    this.#changed();
    return 0;
  }

  /** Gone from what is saved, and back to the default. */
  remove(key: string): number {
    const found = this.lookUp(key);
    if (typeof found === 'number') return found;
    if (found.readOnly === true) return settingsRc.deleteNotSupported;
    this.#runtime.delete(key);
    this.#saved.delete(key);
    this.#changed();
    return 0;
  }

  commit(): void {
    this.#committed = new Map(this.#runtime);
  }

  save(): void {
    this.#saved = new Map(this.#runtime);
  }

  load(): void {
    this.#runtime = new Map(this.#saved);
    this.commit();
  }

  /** As a management system or a fault sets it: saved and in effect; null is the default. */
  force(key: string, value: string | null): void {
    for (const values of [this.#runtime, this.#saved, this.#committed]) {
      if (value === null) values.delete(key);
      else values.set(key, value);
    }
  }

  /** As in a terminal that was never set up; what the factory burnt in stays. */
  lose(keys: readonly string[] = this.keys): void {
    for (const key of keys) {
      const spec = this.#spec(key);
      if (spec !== undefined && spec.readOnly !== true)
        this.force(key, spec.blank ?? this.#default(key));
    }
  }

  /** Erase storage: only what the factory burnt in remains. */
  wipe(): void {
    const burntIn = ([key]: readonly [string, string]): boolean =>
      this.#spec(key)?.readOnly === true;
    this.#saved = new Map([...this.#saved].filter(burntIn));
  }

  snapshot(): Record<string, string> {
    return Object.fromEntries(this.keys.map((key) => [key, this.value(key)]));
  }

  /** The key's specification, or the code for a key that is not there. */
  lookUp(key: string): SettingSpec | number {
    const spec = this.#spec(key);
    if (spec !== undefined) return spec;
    const root = key.split('/', 1)[0] ?? '';
    const rootExists = this.keys.some((each) => each.startsWith(`${root}/`));
    return rootExists ? settingsRc.keyNotFound : settingsRc.rootKeyNotFound;
  }

  #spec(key: string): SettingSpec | undefined {
    if (Object.hasOwn(this.#own, key)) return this.#own[key];
    return Object.hasOwn(settingSpecs, key) ? settingSpecs[key] : undefined;
  }

  #default(key: string): string {
    const installed = Object.hasOwn(this.#installed, key) ? this.#installed[key] : undefined;
    return installed ?? this.#spec(key)?.fallback ?? '';
  }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
