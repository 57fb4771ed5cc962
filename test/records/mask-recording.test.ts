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

/** Lines of a recording, of so many bytes each. */
function* inReads(bytes: Uint8Array, size: number, from = 'terminal'): Generator<string> {
  for (let at = 0; at < bytes.length; at += size) yield line(from, bytes.subarray(at, at + size));
}

/** All the bytes that are in it, as text. */
function saidIn(recording: string): string {
  const lines = recording.trimEnd().split('\n');
  const bytes = lines.map((one) => (JSON.parse(one) as { readonly bytes?: string }).bytes ?? '');
  return Buffer.from(bytes.join(''), 'hex').toString();
}

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

  it.each([
    ['a password', 'password: ', 'hunterxxyy'],
    ['a key', 'psk = ', 'hunterxxyy'],
    ['a header', 'Authorization: ', 'hunterxxyy'],
    ['a password in Chinese', '密码', '88442211'],
    ['a password in Chinese, with a colon', '密码：', 'hunterxxyy'],
  ])(
    'hides %s on a line too long for one piece, wherever it is cut',
    async (_what, name, value) => {
      for (let at = 4040; at <= 4100; at++) {
        const said = text(
          `${'z '.repeat(4100).slice(0, at)} ${name}${value} more${' so on'.repeat(30)}\n`,
        );
        const lines = [...inReads(said, 64)].join('');
        const { text: masked } = await maskRecording(lines);
        expect(masked).not.toContain(hex(text(value)));
        expect(saidIn(masked)).not.toContain(value.slice(0, 8));
      }
    },
  );

  it('hides all of a secret that is longer than a piece of its line', async () => {
    const said = text(`Cookie: ${'a1b2 '.repeat(3000)}\n`);
    const masked = await maskRecording([...inReads(said, 64)].join(''));
    expect(saidIn(masked.text)).not.toContain('a1b2');
  });

  it('hides only where a secret is, of a progress bar that ends no line', async () => {
    const bar = [...inReads(text('\r[#####    ] 50 %'.repeat(5000)), 16)];
    const lines = [...bar, line('terminal', text('\rpsk=hunter22 ')), ...bar.slice(0, 2)].join('');
    expect((await maskRecording(lines)).hiddenLines).toBeLessThan(5);
  });

  it('hides a secret after megabytes that ended no line', async () => {
    const reads = [...inReads(text('no line end here'.repeat(130_000)), 16)];
    const lines = [...reads, line('terminal', text(' psk=hunter22'))].join('');
    const { hiddenLines, text: masked } = await maskRecording(lines);
    expect(hiddenLines).toBeLessThan(5);
    expect(saidIn(masked)).not.toContain('hunter22');
  });

  it('hides a password beside bytes that are no text, and a key in bytes by its name', async () => {
    const noise = Uint8Array.of(0xff, 0xfe, 0x80, 0x20);
    const said = Buffer.concat([noise, text('password: hunter22\n')]);
    expect((await maskRecording(line('terminal', said))).hiddenLines).toBe(1);
    const packet = encodeSerial(
      encodeRequest(settingWrite, { key: 'keys/tmk', value: noise }, { sequence: 1, version: 2 }),
    );
    expect((await maskRecording(line('host', packet))).hiddenLines).toBe(1);
  });

  it('hides a frame that the recording ends in', async () => {
    const cut = write('wifi/psk', 'lantern-2F'.repeat(30)).subarray(0, 200);
    expect((await maskRecording([...inReads(cut, 50, 'host')].join(''))).hiddenLines).toBe(4);
  });

  it('hides text around which a frame stands', async () => {
    const frame = line('host', shell('device', 'info'));
    const parts = [line('host', text('psk = hun')), frame, line('host', text('ter22\n'))];
    const masked = (await maskRecording(parts.join(''))).text;
    expect(saidIn(masked)).not.toMatch(/hun|ter22/);
    expect(masked).toContain(frame);
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
