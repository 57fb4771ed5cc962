import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
} from '../../../native-bridge/protocols/smp/command.ts';
import { redactSettingValue, settingKeyOf } from '../../../native-bridge/protocols/smp/redact.ts';
import { encodeSerial } from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { settingWrite } from '../../../native-bridge/protocols/smp/settings/index.ts';
import { bytes, hex } from './bytes.ts';

describe('a secret setting', () => {
  it('is overwritten in a request, and nothing else is', () => {
    const packet = bytes("0a00 0014 0003 11 00  a2 64'name' 65'w/key' 63'val' 43'abc'");
    const redacted = redactSettingValue(packet, decodeRequest(packet));
    expect(hex(redacted ?? packet)).toBe(
      hex(bytes("0a00 0014 0003 11 00  a2 64'name' 65'w/key' 63'val' 43'xxx'")),
    );
  });

  it('is overwritten in a reply, which keeps its own shape', () => {
    const packet = bytes("0900 000a 0003 10 00  bf 63'val' 43'abc' ff");
    const redacted = redactSettingValue(packet, decodeResponse(packet));
    expect(hex(redacted ?? packet)).toBe(hex(bytes("0900 000a 0003 10 00  bf 63'val' 43'xxx' ff")));
  });

  it('stays in the packet that was given', () => {
    const packet = bytes("0900 000a 0003 10 00  bf 63'val' 43'abc' ff");
    redactSettingValue(packet, decodeResponse(packet));
    expect(Buffer.from(packet).toString('latin1')).toContain('abc');
  });

  it('of any length leaves a packet of the same length with a checksum of its own', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), fc.uint8Array(), (key, value) => {
        const packet = encodeRequest(settingWrite, { key, value }, { sequence: 1, version: 2 });
        const redacted = redactSettingValue(packet, decodeRequest(packet)) ?? packet;
        expect(decodeRequest(redacted).body).toEqual(
          new Map<string, unknown>([
            ['name', key],
            ['val', new Uint8Array(value.length).fill(0x78)],
          ]),
        );
        expect(encodeSerial(redacted)).toHaveLength(encodeSerial(packet).length);
      }),
    );
  });

  it('sent in pieces, or as text, can only be counted', () => {
    const pieces = bytes("0900 000c 0003 10 00  bf 63'val' 5f 41'a' 41'b' ff ff");
    const text = bytes("0900 000a 0003 10 00  bf 63'val' 63'abc' ff");
    expect(redactSettingValue(pieces, decodeResponse(pieces))).toBeNull();
    expect(redactSettingValue(text, decodeResponse(text))).toBeNull();
  });

  it('is not in a refusal, which stays as it is', () => {
    const refusal = bytes("0900 0006 0003 10 00  bf 62'rc' 05 ff");
    expect(redactSettingValue(refusal, decodeResponse(refusal))).toBe(refusal);
  });

  it('is told by the key of its request', () => {
    const packet = bytes("0800 000c 0003 10 00  a1 64'name' 65'w/key'");
    expect(settingKeyOf(decodeRequest(packet).body)).toBe('w/key');
    expect(settingKeyOf(new Map())).toBeNull();
  });
});
