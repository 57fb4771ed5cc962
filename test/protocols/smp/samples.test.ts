/** What people reported of their own devices: read where it lies beside the checkout, not copied. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeCborMap } from '../../../native-bridge/protocols/cbor.ts';
import {
  decodeRequest,
  decodeResponse,
  readResult,
} from '../../../native-bridge/protocols/smp/command.ts';
import { commandOf } from '../../../native-bridge/protocols/smp/commands.ts';
import { readHeader } from '../../../native-bridge/protocols/smp/header.ts';
import { imageUpload } from '../../../native-bridge/protocols/smp/image/index.ts';
import { SerialFraming } from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { samplesFolder } from '../../support/samples.ts';

const folder = samplesFolder();

describe.skipIf(folder === null)('a sample', () => {
  it('of a port that echoes is known by its operation', () => {
    // The line as it came back: marker and base64, whose newline the log shows apart.
    const [, dump] = /Incoming:\n((?:0000.*\n)+)/.exec(read('newtmgr_echo_back')) ?? [];
    const [value] = new SerialFraming().push(hexDump(dump ?? ''));
    const packet = value?.kind === 'packet' ? value.bytes : new Uint8Array(0);
    expect(readHeader(packet)).toMatchObject({ operation: 'read', group: 1, sequence: 0 });
    expect(() => decodeResponse(packet)).toThrow('not-a-reply');
  });

  it('of a refused upload has rc 3', () => {
    const [, base64] = /result string: (\S+)/.exec(read('mcumgr_client38_rc3')) ?? [];
    const line = new TextEncoder().encode(`\u0006\u0009${base64 ?? ''}\n`);
    const [value] = new SerialFraming().push(line);
    const packet = value?.kind === 'packet' ? value.bytes : new Uint8Array(0);
    const { header, body } = decodeResponse(packet);
    expect(header).toMatchObject({ group: 1, id: 1, sequence: 163, bodyBytes: 6 });
    expect(() => readResult(imageUpload, body)).toThrow('invalid-value');
  });

  it('of an upload that never advances is success at offset 0, over and over', () => {
    const dumps = read('mcumgr_rx_upload_ack').matchAll(/response: (.*?)"$/gm);
    const replies = [...dumps].map(([, dump]) => hexDump((dump ?? '').replaceAll('\\n', '\n')));
    expect(replies).toHaveLength(5);
    for (const packet of replies) {
      const { body } = decodeResponse(packet);
      expect(readResult(imageUpload, body)).toEqual({ offsetBytes: 0, match: null });
    }
  });

  it('of a state reply cut short is truncated CBOR', () => {
    const digits = read('image_state_cbor_hex').replaceAll(/[^0-9a-f]/g, '');
    const cbor = new Uint8Array(Buffer.from(digits.slice(0, digits.length & ~1), 'hex'));
    expect(() => decodeCborMap(cbor)).toThrow('cbor-truncated');
  });

  it('of a state request is one', () => {
    const [, dump] = /Tx NMP request: (.*)/.exec(read('mcumgr_trace_request')) ?? [];
    const { header } = decodeRequest(hexDump(dump ?? ''));
    expect(header).toMatchObject({ version: 1, sequence: 16 });
    expect(commandOf(header)?.name).toBe('image/state-read');
  });
});

function read(start: string): string {
  const names = readFileSync(`${folder ?? ''}/smp-text/INDEX.tsv`, 'utf8').split(/[\t\n]/);
  const name = names.find((field) => field.startsWith(start)) ?? start;
  return readFileSync(`${folder ?? ''}/smp-text/${name}`, 'utf8');
}

/** The bytes of a dump as hexdump -C prints it. */
function hexDump(dump: string): Uint8Array {
  const digits = dump
    .split('\n')
    .map((line) =>
      (/^\s*[0-9a-f]{8}((?:\s+[0-9a-f]{2})+)/.exec(line)?.[1] ?? '').replaceAll(' ', ''),
    );
  return new Uint8Array(Buffer.from(digits.join(''), 'hex'));
}
