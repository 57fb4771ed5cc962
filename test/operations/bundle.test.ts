/** The support bundle: whole, in order, bounded, and without a secret, wherever one was let in. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../native-bridge/bridge.ts';
import { bundleManifestSchema } from '../../native-bridge/contract/bundle.ts';
import { caseRecordSchema, type CaseEvent } from '../../native-bridge/contract/case.ts';
import { encodeRequest } from '../../native-bridge/protocols/smp/command.ts';
import { encodeSerial } from '../../native-bridge/protocols/smp/serial-framing.ts';
import { settingWrite } from '../../native-bridge/protocols/smp/settings/index.ts';
import { openRecords } from '../../native-bridge/records/records.ts';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { fixture } from '../pictures/support.ts';
import { withSegments } from '../pictures/with-metadata.ts';
import { putRight } from '../records/report-cases.ts';
import { openedCase, temporaryFolder } from '../records/support.ts';
import { bridgeIn } from '../support/bench.ts';
import { readZip } from '../support/read-zip.ts';

// A worker thread starts at every opening; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const secrets = {
  card: '6222021234567894',
  pin: '739182',
  wifiPassword: 'lantern-upstairs-2F',
  key: '0123456789ABCDEFFEDCBA9876543210',
} as const;
const { card, pin, wifiPassword, key } = secrets;
const leak = `card ${card} PIN: ${pin} psk="${wifiPassword}" TMK ${key} at ${homedir()}/li`;
const atUtc = new Date().toISOString();

interface Opened {
  readonly bridge: Bridge;
  readonly folder: string;
  readonly caseId: string;
}

async function caseWith(events: (folder: string) => readonly CaseEvent[]): Promise<Opened> {
  const folder = temporaryFolder();
  const records = await openRecords({ dataFolder: folder });
  const { caseId } = await openedCase(records);
  await records.close();
  writeUnmasked(folder, caseId, events(folder));
  return { bridge: await bridgeIn(folder), folder, caseId };
}

/** As an earlier version may have written them: past everything that masks today. */
function writeUnmasked(folder: string, caseId: string, events: readonly CaseEvent[]): void {
  const database = openDatabase(join(folder, 'records.db'), 5_000);
  const insert = database.prepare(
    'INSERT INTO case_events (id, case_id, seq, at_utc, kind, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [index, event] of events.entries()) {
    const seq = index + 1;
    insert.run(`${caseId}${seq}`, caseId, seq, event.atUtc, event.kind, JSON.stringify(event));
  }
  database.close();
}

const host = (bytes: Uint8Array) =>
  `${JSON.stringify({ ms: 1, from: 'host', bytes: Buffer.from(bytes).toString('hex') })}\n`;

function recordingIn(folder: string): string {
  const file = join(folder, 'talk a.jsonl');
  const value = new TextEncoder().encode(wifiPassword);
  const write = { key: 'wifi/psk', value };
  const packet = encodeRequest(settingWrite, write, { sequence: 1, version: 2 });
  const said = Buffer.from(`${leak}\n`).toString('hex');
  writeFileSync(
    file,
    `{"ms":0,"port":"opened","baud":115200}\n${host(encodeSerial(packet))}` +
      `${JSON.stringify({ ms: 2, from: 'terminal', bytes: said })}\n`,
  );
  return file;
}

/** A whole visit in which every text holds all of it. */
function leaking(folder: string): CaseEvent[] {
  const leaked = (event: CaseEvent): CaseEvent => {
    if (event.kind === 'correction') {
      const secret = { key: 'wifi.password', before: leak, after: wifiPassword, readBack: pin };
      const open = { key: 'pay/name', before: leak, after: leak, readBack: leak };
      const changes = [secret, open].map((change) => {
        return { ...change, secret: false, verified: true };
      });
      return { ...event, correction: { ...event.correction, changes } };
    }
    if (event.kind === 'readings') {
      const readings = event.readings.map((reading) =>
        reading.name === 'wifi.ssid'
          ? { ...reading, value: leak, raw: leak, source: leak }
          : reading,
      );
      return { ...event, readings };
    }
    if (event.kind === 'diagnosis') {
      const findings = event.diagnosis.findings.map((finding) => ({
        ...finding,
        headline: { key: finding.headline.key, facts: { ...finding.headline.facts, found: leak } },
        evidence: finding.evidence.map((evidence) => ({ ...evidence, raw: leak, source: leak })),
      }));
      return { ...event, diagnosis: { ...event.diagnosis, findings } };
    }
    if (event.kind === 'evidence' && event.evidence.form === 'text') {
      return { ...event, evidence: { ...event.evidence, text: leak } };
    }
    return event.kind === 'note' ? { ...event, text: leak } : event;
  };
  return [
    { kind: 'recording', atUtc, file: recordingIn(folder) },
    ...putRight().events.map(leaked),
    { kind: 'ticket', atUtc, number: card },
  ];
}

const decodedRecording = (content: Buffer): string =>
  content.toString().replaceAll(/"bytes":"([0-9a-f]*)"/g, (_all, hex: string) => {
    const line = Buffer.from(hex, 'hex').toString('latin1');
    return line + Buffer.from(line.slice(2), 'base64').toString('latin1');
  });

describe('a bundle of a case in which secrets stand everywhere', () => {
  it('holds none of them, and says where it hid some', async () => {
    const { bridge, folder, caseId } = await caseWith(leaking);
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const line = `${new Date().toISOString()} warn  1 ${leak}\n`;
    appendFileSync(join(folder, 'logs', 'pos-bench.log'), line);
    const photo = join(folder, `${card}.jpg`);
    const comment = { marker: 0xfe, content: leak };
    writeFileSync(photo, withSegments(readFileSync(fixture('photo.jpg')), [comment]));
    const { fileId } = await bridge.registerFile(photo);
    const evidence = { form: 'photo', fileId } as const;
    await bridge.request('addEvidence', { caseId, subject: 'slip', evidence });

    const { bytes, manifest } = await bridge.request('makeBundle', { caseId });
    const files = await readZip(bytes);
    for (const [path, content] of files) {
      const text = path.startsWith('recordings/')
        ? decodedRecording(content)
        : content.toString('latin1');
      for (const [name, secret] of Object.entries(secrets)) {
        expect([path, name, text.includes(secret), path.includes(secret)]).toEqual([
          path,
          name,
          false,
          false,
        ]);
      }
      expect([path, text.includes(homedir())]).toEqual([path, false]);
    }
    // The test would see them: this is where they stood.
    expect(files.get('log.txt')?.toString()).toContain('card ************7894 PIN: ***');
    expect(files.get('case.json')?.toString()).toContain('card ************7894');
    const hidden = new Map(manifest.files.map(({ path, masked }) => [path, masked]));
    expect(hidden.get('recordings/01-talk_a.jsonl')).toBe(2);
    expect(hidden.get('log.txt')).toBeGreaterThan(0);
    expect(hidden.get('case.json')).toBeGreaterThan(20);
    expect(hidden.get('photos/04-slip.jpg')).toBeNull();
    expect(manifest.masking.notMasked).toEqual(['photos']);
  });
});

describe('a bundle', () => {
  it('is in order, and its manifest has the size and hash of every file in it', async () => {
    const { bridge, caseId, folder } = await caseWith(() => []);
    const { fileId } = await bridge.registerFile(fixture('photo.jpg'));
    const photo = { form: 'photo', fileId } as const;
    await bridge.request('addEvidence', { caseId, subject: 'bill', evidence: photo });
    writeFileSync(join(folder, 'unrelated.txt'), 'x');
    const { bytes, suggestedName } = await bridge.request('makeBundle', { caseId });
    expect(suggestedName).toMatch(/^\d{4}-\d\d-\d\d-CB-0113\.zip$/);
    const files = await readZip(bytes);
    expect([...files.keys()]).toEqual([
      'manifest.json',
      'summary.en.txt',
      'summary.zh-CN.txt',
      'report.en.html',
      'report.en.json',
      'report.zh-CN.html',
      'report.zh-CN.json',
      'case.json',
      'photos/01-bill.jpg',
      'log.txt',
    ]);
    const manifest = bundleManifestSchema.parse(JSON.parse(String(files.get('manifest.json'))));
    const [, ...others] = files;
    expect(manifest.files.map(({ path, sizeBytes, sha256 }) => [path, sizeBytes, sha256])).toEqual(
      others.map(([path, content]) => [
        path,
        content.length,
        createHash('sha256').update(content).digest('hex'),
      ]),
    );
    expect(manifest.system).toMatchObject({ program: 'cli', node: process.versions.node });
    expect(String(files.get('report.zh-CN.html'))).toContain('见文件 photos/01-bill.jpg');
    expect(() => caseRecordSchema.parse(JSON.parse(String(files.get('case.json'))))).not.toThrow();
    // It ends no visit.
    expect((await bridge.request('getCase', { caseId })).closedUtc).toBeNull();
  });

  it('names what it left out, and why', async () => {
    const { bridge, caseId, folder } = await caseWith((data) => {
      const large = join(data, 'large.jsonl');
      writeFileSync(large, '{"ms":0,"port":"opened"}\n');
      truncateSync(large, 200 * 1024 * 1024);
      const files = [large, join(data, 'gone.jsonl'), data, recordingIn(data)];
      return files.map((file) => ({ kind: 'recording', atUtc, file }));
    });
    const { fileId } = await bridge.registerFile(fixture('photo.jpg'));
    const photo = { form: 'photo', fileId } as const;
    await bridge.request('addEvidence', { caseId, subject: 'bill', evidence: photo });
    rmSync(join(folder, 'photos'), { recursive: true });
    const { manifest } = await bridge.request('makeBundle', { caseId });
    expect(
      manifest.leftOut.map(({ what, reason }) => [what.replace(/-pos-.*/, ''), reason]),
    ).toEqual([
      ['photos/01-bill.jpg', 'altered'],
      ['recordings/01-large.jsonl', 'too-large'],
      ['recordings/02-gone.jsonl', 'missing'],
      ['recordings/03', 'unreadable'],
    ]);
    expect(manifest.files.at(-1)?.path).toBe('recordings/04-talk_a.jsonl');
  });

  it('of a long log has the newest lines of its time, whole, and no others', async () => {
    const { bridge, caseId, folder } = await caseWith(() => []);
    const log = join(folder, 'logs', 'pos-bench.log');
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const stamped = (utc: string, text: string) => `${utc} info  1 ${text}\n`;
    const now = new Date().toISOString();
    writeFileSync(`${log}.1`, stamped('2020-01-01T00:00:00.000Z', 'another visit'));
    const many = Array.from({ length: 9_000 }, (_, at) => stamped(now, `line ${at} of this visit`));
    writeFileSync(log, many.join(''));
    const { bytes, manifest } = await bridge.request('makeBundle', { caseId });
    const text = String((await readZip(bytes)).get('log.txt'));
    expect(text).not.toContain('another visit');
    expect(text.startsWith(now)).toBe(true);
    expect(text.trimEnd().endsWith('line 8999 of this visit')).toBe(true);
    expect(text.length).toBeLessThanOrEqual(256 * 1024);
    expect(manifest.leftOut).toMatchObject([{ reason: 'too-large' }]);
  });

  it('made twice of the same case differs in nothing but its time', async () => {
    const { bridge, caseId } = await caseWith((folder) => leaking(folder));
    const made = async () => {
      const { bytes } = await bridge.request('makeBundle', { caseId });
      const files = await readZip(bytes);
      const manifest = String(files.get('manifest.json'));
      files.set('manifest.json', Buffer.from(manifest.replace(/"madeUtc": "[^"]*"/, '')));
      return files;
    };
    expect(await made()).toEqual(await made());
  });

  it('is not made of a case that is not there', async () => {
    const { bridge } = await caseWith(() => []);
    await expect(bridge.request('makeBundle', { caseId: 'no-such' })).rejects.toMatchObject({
      fault: { code: 'case-unknown' },
    });
  });
});
