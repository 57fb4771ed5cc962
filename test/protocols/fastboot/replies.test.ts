/** Replies, commands and TCP's framing: any split, no growth, garbage refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  download,
  encodeCommand,
  isPartitionName,
  reboot,
} from '../../../native-bridge/protocols/fastboot/commands.ts';
import { meaningOfRefusal } from '../../../native-bridge/protocols/fastboot/refusals.ts';
import { decodeReply } from '../../../native-bridge/protocols/fastboot/reply.ts';
import {
  messageLength,
  TcpFraming,
} from '../../../native-bridge/protocols/fastboot/tcp-framing.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const problem = (name: string) => expect.objectContaining({ problem: name }) as Error;

describe('a reply', () => {
  test.each([
    ['OKAY', { kind: 'okay', text: '' }],
    ['OKAY0.4', { kind: 'okay', text: '0.4' }],
    ['FAILunknown command', { kind: 'fail', text: 'unknown command' }],
    ['INFOa: b', { kind: 'info', text: 'a: b' }],
    ['TEXThalf a li', { kind: 'text', text: 'half a li' }],
    ['DATA00001234', { kind: 'data', sizeBytes: 0x1234 }],
    ['DATAffffffff', { kind: 'data', sizeBytes: 0xffffffff }],
    ['OKAYa\0rest of a buffer', { kind: 'okay', text: 'a' }],
  ])('%j', (text, reply) => {
    expect(decodeReply(bytes(text))).toEqual(reply);
  });

  test.each([
    ['', 'not-a-reply'],
    ['OKA', 'not-a-reply'],
    ['okay', 'not-a-reply'],
    ['DATA1234', 'data-size'],
    ['DATA-0000001', 'data-size'],
    [`INFO${'x'.repeat(253)}`, 'reply-long'],
  ])('%j is none', (text, name) => {
    expect(() => decodeReply(bytes(text))).toThrow(problem(name));
  });
});

describe('a command', () => {
  test('is its text', () => {
    expect(Buffer.from(encodeCommand(download(0x1000)) ?? '').toString()).toBe('download:00001000');
    expect(reboot('fastboot')).toBe('reboot-fastboot');
  });

  test('longer than a boot loader takes, or with other letters, is none', () => {
    expect(encodeCommand('x'.repeat(64))).toHaveLength(64);
    expect(encodeCommand('x'.repeat(65))).toBeNull();
    expect(encodeCommand('flash:böot')).toBeNull();
    expect(encodeCommand('a\0b')).toBeNull();
  });

  test('names partitions with the letters they have', () => {
    for (const good of ['boot', 'system_a', 'vbmeta-x', '0'])
      expect(isPartitionName(good)).toBe(true);
    for (const bad of ['', 'a:b', 'a b', '../x', '-x', 'x'.repeat(49)]) {
      expect(isPartitionName(bad)).toBe(false);
    }
  });
});

describe('TCP’s framing', () => {
  const framed = (text: string) => Buffer.concat([messageLength(text.length), bytes(text)]);
  const stream = Buffer.concat([bytes('FB01'), framed('INFOone'), framed('OKAY'), framed('FAILx')]);

  test('gives the same messages however it is split', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const framing = new TcpFraming();
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const messages = at.slice(1).flatMap((end, n) => framing.push(stream.subarray(at[n], end)));
        expect(messages.map((m) => Buffer.from(m).toString())).toEqual([
          'INFOone',
          'OKAY',
          'FAILx',
        ]);
      }),
    );
  });

  test('writes a length beyond 4 GiB', () => {
    expect([...messageLength(2 ** 32 + 5)]).toEqual([0, 0, 0, 1, 0, 0, 0, 5]);
  });

  test.each(['HTTP', 'FB00', 'FBxx', 'FB1\n'])('refuses the greeting %j', (greeting) => {
    expect(() => new TcpFraming().push(bytes(greeting))).toThrow(problem('handshake'));
  });

  test('speaks with a later version, which has to speak the first', () => {
    const framing = new TcpFraming();
    framing.push(bytes('FB02'));
    expect(framing.greeted).toBe(true);
  });

  test.each([0, 257, 2 ** 31, 2 ** 40])('refuses a message of %i bytes unread', (sizeBytes) => {
    const framing = new TcpFraming();
    framing.push(bytes('FB01'));
    expect(() => framing.push(messageLength(sizeBytes))).toThrow(problem('message-size'));
  });
});

describe('a refusal means', () => {
  test.each([
    ['flash:boot', 'Flashing is not allowed in Lock State', 'locked'],
    ['flash:boot', 'Partition flashing is not allowed', 'locked'],
    ['erase:userdata', 'device is locked. Cannot erase', 'locked'],
    ['download:00001000', 'download is not allowed on locked devices', 'locked'],
    ['set_active:b', 'Slot Change is not allowed in Lock State', 'locked'],
    ['oem x', 'unknown command', 'unsupported'],
    ['reboot-fastboot', 'Command not supported in default implementation', 'unsupported'],
    ['flash:boot', 'partition does not exist', 'other'],
    ['flash:boot', 'blocked by low battery', 'other'],
    ['getvar:x', 'GetVar Variable Not found', 'other'],
    ['flash:boot', '', 'other'],
  ])('%s: %j: %s', (command, words, meaning) => {
    expect(meaningOfRefusal(command, words)).toBe(meaning);
  });
});
