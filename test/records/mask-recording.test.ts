/** Recordings as they go into a bundle: what looks like a secret gives way to its count. */
import { describe, expect, it } from 'vitest';
import { parseOpenings } from '../../native-bridge/ports/recording-file.ts';
import { encodeRequest } from '../../native-bridge/protocols/smp/command.ts';
import { encodeSerial } from '../../native-bridge/protocols/smp/serial-framing.ts';
import { settingWrite } from '../../native-bridge/protocols/smp/settings/index.ts';
import { shellExecute } from '../../native-bridge/protocols/smp/shell/index.ts';
import { maskRecording } from '../../native-bridge/records/bundle/mask-recording.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const line = (from: string, bytes: Uint8Array) =>
  `${JSON.stringify({ ms: 1, from, bytes: hex(bytes) })}\n`;
const text = (said: string) => new TextEncoder().encode(said);

const write = (key: string, value: string) =>
  encodeSerial(
    encodeRequest(settingWrite, { key, value: text(value) }, { sequence: 1, version: 2 }),
  );
const shell = (...argv: string[]) =>
  encodeSerial(encodeRequest(shellExecute, { argv }, { sequence: 1, version: 2 }));

describe('a recording', () => {
  it.each([
    ['a key by its setting’s name', line('host', write('wifi/psk', 'lantern-2F'))],
    ['a card number in any setting', line('host', write('pay/last', '6222021234567894'))],
    ['a password among the words of a command', line('host', shell('wifi', 'psk=lantern-2F'))],
    ['a PIN in the device’s own text', line('terminal', text('entered PIN: 4711\n'))],
    [
      'a card number over two pieces of one line',
      line('terminal', text('card 622202123')) + line('terminal', text('4567894\n')),
    ],
    ['a frame that is broken', line('host', write('a', 'b').fill(0x2d, 5, 9))],
  ])('hides %s', async (_what, secret) => {
    const around = line('host', shell('device', 'info'));
    const masked = await maskRecording(around + secret + around);
    const hidden = secret.trimEnd().split('\n').length;
    expect(masked.hiddenLines).toBe(hidden);
    expect(masked.text.split('"count"')).toHaveLength(hidden + 1);
    expect(masked.text.split(around.trimEnd())).toHaveLength(3);
    // Still one that can be played, with as many bytes.
    expect(parseOpenings(masked.text)[0]?.talk).toHaveLength(2);
  });

  it('hides text that has not ended, however its line goes on', async () => {
    const frame = line('terminal', text('PIN: 47')) + line('terminal', text('11'));
    expect((await maskRecording(frame)).hiddenLines).toBe(2);
  });

  it('hides a packet on several lines of the console, and in several of the recording', async () => {
    const packet = write('wifi/psk', 'lantern-2F'.repeat(30));
    expect(Buffer.from(packet).filter((byte) => byte === 0x0a).length).toBeGreaterThan(1);
    const parts = [0, 50, 130, 140].map((from, at, all) => packet.subarray(from, all[at + 1]));
    const lines = parts.map((part) => line('host', part)).join('');
    expect((await maskRecording(lines)).hiddenLines).toBe(4);
  });

  it('keeps what is no secret as it was, byte by byte', async () => {
    const whole = [
      '{"ms":0,"port":"opened","baud":115200,"utc":"2026-07-01T10:20:30.000Z"}\n',
      line('host', write('pay/merchant', '898310048160001')),
      line('terminal', text('uart:~$ device info\r\n')),
      '{"ms":2,"from":"terminal","count":12}\n',
      '{"ms":3,"port":"closed"}\n',
    ].join('');
    expect(await maskRecording(whole)).toEqual({ text: whole, hiddenLines: 0 });
  });

  it('loses what is none of it: other keys, lines of something else, a line that was cut', async () => {
    const odd = '{"ms":0,"port":"opened","pin":"4711"}\nPIN: 4711\n{"ms":1,"from":"host","byt';
    expect((await maskRecording(odd)).text).toBe('{"ms":0,"port":"opened"}\n');
  });
});
