/**
 * Takes the secrets out of packets and text before they are recorded: the value of a secret
 * setting, written or read, is overwritten, and so is every place where it stands again. As long as
 * nobody has said which settings are secret, all are.
 */
import { decodeRequest, decodeResponse, type SmpMessage } from '../../protocols/smp/command.ts';
import { GROUP } from '../../protocols/smp/groups.ts';
import { SMP_HEADER_BYTES, type SmpHeader } from '../../protocols/smp/header.ts';
import { redactSettingValue, settingKeyOf } from '../../protocols/smp/redact.ts';

const SETTINGS_READ_WRITE = 0;
const DUMMY = 0x78;
/** Shorter values stand in too many places that mean something else. */
const MIN_SEARCHED_BYTES = 4;
const MAX_KNOWN = 64;

export class Redactor {
  #secretKeys: ReadonlySet<string> | null = null;
  /** Sequence numbers of settings that were asked for and may be shown. */
  readonly #openReads = new Set<number>();
  #known: Uint8Array[] = [];

  setSecretKeys(keys: ReadonlySet<string>): void {
    this.#secretKeys = keys;
  }

  /** The request without secrets; null where it can't be read. */
  request(packet: Uint8Array): Uint8Array | null {
    const message = decoded(packet, decodeRequest);
    if (message === null || !isSetting(message)) return message && this.text(packet);
    const { sequence, operation } = message.header;
    const key = settingKeyOf(message.body);
    const open = key !== null && this.#secretKeys?.has(key) === false;
    this.#openReads.delete(sequence);
    if (open && operation === 'read') this.#openReads.add(sequence);
    return open ? this.text(packet) : this.#hideValue(packet, message);
  }

  /**
   * The reply without secrets. Of one that can't be read the header is kept, for it may be what is
   * wrong with the terminal, and the rest is a dummy; null where not even the header can be read.
   */
  reply(packet: Uint8Array): Uint8Array | null {
    const message = decoded(packet, decodeResponse);
    if (message === null) return headerAlone(packet);
    const open = !isSetting(message) || this.#openReads.has(message.header.sequence);
    return open ? this.text(packet) : this.#hideValue(packet, message);
  }

  /** The bytes with every secret that was seen so far hidden; the argument is not changed. */
  text(bytes: Uint8Array): Uint8Array {
    const copy = bytes.slice();
    for (const secret of this.#known) hideAll(copy, secret);
    return copy;
  }

  #hideValue(packet: Uint8Array, message: SmpMessage): Uint8Array | null {
    const value = message.body.get('val');
    if (value instanceof Uint8Array) this.#remember(value.slice());
    const open = redactSettingValue(packet, message);
    return open && this.text(open);
  }

  #remember(secret: Uint8Array): void {
    if (secret.length < MIN_SEARCHED_BYTES) return;
    const others = this.#known.filter((known) => Buffer.compare(known, secret) !== 0);
    this.#known = [...others, secret].slice(-MAX_KNOWN);
  }
}

/** True for the field that holds a setting's value. */
export function isSettingValue({ group, id }: SmpHeader, field: string): boolean {
  return group === GROUP.settings && id === SETTINGS_READ_WRITE && field === 'val';
}

function headerAlone(packet: Uint8Array): Uint8Array | null {
  return packet.length < SMP_HEADER_BYTES ? null : packet.slice().fill(DUMMY, SMP_HEADER_BYTES);
}

function isSetting({ header }: SmpMessage): boolean {
  return header.group === GROUP.settings && header.id === SETTINGS_READ_WRITE;
}

function decoded(
  packet: Uint8Array,
  decode: (packet: Uint8Array) => SmpMessage,
): SmpMessage | null {
  try {
    return decode(packet);
  } catch {
    return null;
  }
}

/** Overwrites every place in `bytes` where `secret` stands. */
function hideAll(bytes: Uint8Array, secret: Uint8Array): void {
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = haystack.indexOf(secret); at >= 0; at = haystack.indexOf(secret, at)) {
    haystack.fill(DUMMY, at, at + secret.length);
    at += secret.length;
  }
}
