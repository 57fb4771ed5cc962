import { describe, expect, it } from 'vitest';
import {
  answers,
  decodeRequest,
  decodeResponse,
  encodeRequest,
  readResult,
  requestBytes,
} from '../../../native-bridge/protocols/smp/command.ts';
import { commandOf, commands } from '../../../native-bridge/protocols/smp/commands.ts';
import { readHeader } from '../../../native-bridge/protocols/smp/header.ts';
import { bytes, hex } from './bytes.ts';
import { filesGolden } from './golden/files.ts';
import { imageGolden } from './golden/image.ts';
import { osGolden } from './golden/os.ts';
import { othersGolden } from './golden/others.ts';
import { settingsGolden } from './golden/settings.ts';

const all = [...osGolden, ...imageGolden, ...settingsGolden, ...filesGolden, ...othersGolden];

describe.each(all)('$says ($source)', (exchange) => {
  const { command, params, sequence, version } = exchange;

  it('is asked for in these bytes', () => {
    const packet = encodeRequest(command, params as never, { sequence, version });
    expect(hex(packet)).toBe(hex(bytes(exchange.request)));
  });

  it('has its request measured without writing it', () => {
    expect(requestBytes(command, params as never)).toBe(bytes(exchange.request).length);
  });

  it('is answered in bytes that mean this', () => {
    const { body } = decodeResponse(bytes(exchange.reply));
    expect(readResult(command, body)).toEqual(exchange.result);
  });

  it('has a reply that answers its request', () => {
    const request = decodeRequest(bytes(exchange.request)).header;
    const reply = readHeader(bytes(exchange.reply));
    expect(answers(request, reply)).toBe(true);
    expect(commandOf(request)).toBe(command);
    expect(commandOf(reply)).toBe(command);
  });
});

describe('the commands', () => {
  it('each have golden bytes', () => {
    const covered = new Set(all.map(({ command }) => command.name));
    expect(commands.filter(({ name }) => !covered.has(name))).toEqual([]);
  });

  it('each have a place and a name of their own', () => {
    const places = commands.map(({ group, id, operation }) => `${group} ${id} ${operation}`);
    expect(new Set(places).size).toBe(commands.length);
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
  });

  it('that change what can not be changed twice are not repeated blindly', () => {
    const once = commands.filter(({ idempotent }) => !idempotent).map(({ name }) => name);
    expect(once).toEqual([
      'os/date-time-set',
      'os/reset',
      'image/state-write',
      'shell/execute',
      'basic/erase-storage',
    ]);
  });
});

describe('a reply', () => {
  const request = decodeRequest(bytes("0a00 0006 0000 01 00  a1 61'd' 62'hi'")).header;

  it.each([
    ['another sequence number', '0b00 0001 0000 02 00 a0'],
    ['another group', '0b00 0001 0001 01 00 a0'],
    ['another command', '0b00 0001 0000 01 02 a0'],
    ['the reply to a read', '0900 0001 0000 01 00 a0'],
  ])('with %s does not answer the request', (_, reply) => {
    expect(answers(request, readHeader(bytes(reply)))).toBe(false);
  });

  it('in the other version answers the request all the same', () => {
    expect(answers(request, readHeader(bytes('0300 0001 0000 01 00 a0')))).toBe(true);
  });
});
