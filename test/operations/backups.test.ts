/** Backups made, written as files, and put back: what fits, what is refused, what a file may hold. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Backup } from '../../native-bridge/contract/backup.ts';
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import type { ParamsInput } from '../../native-bridge/contract/requests.ts';
import { backupOfText, backupText } from '../../native-bridge/operations/backups/file-form.ts';
import { openBench } from '../support/bench.ts';
import { byteTerminal, connectByteTerminal } from '../support/byte-terminal.ts';

const text = (value: string) => new TextEncoder().encode(value);

const sample: Backup = {
  format: 1,
  id: 'id',
  terminalId: 'terminal',
  caseId: null,
  atUtc: '2026-01-02T03:04:05.678Z',
  reason: 'asked',
  profile: 'bytes',
  model: 'Bytes',
  serialNumber: null,
  firmwareVersion: '1.0.0',
  values: [{ key: 'a.text', bytes: 'ff01' }],
  reenter: ['c.secret'],
  unread: [{ key: 'u', code: 'reply-timeout' }],
};

/** A terminal with a backup of `a` (bytes that are no text) and `b` (text), then changed in both. */
async function backedUp(serialNumber: string | null = 'B-1') {
  const bench = await openBench();
  const { bridge } = bench;
  const a = Uint8Array.of(0xff, 0x01);
  const serial = serialNumber === null ? {} : { sn: text(serialNumber) };
  const terminal = await byteTerminal({ ...serial, a, b: text('原来的'), c: text('hidden') });
  const { id: terminalId } = await connectByteTerminal(bench, terminal.url, serialNumber !== null);
  const { backup } = await bridge.request('backupSettings', { terminalId });
  if (!backup) throw new Error('no backup was made');
  terminal.values.set('a', text('later'));
  terminal.values.set('b', text('later'));
  const restore = (how: Partial<ParamsInput<'restoreSettings'>> = {}) =>
    bridge.request('restoreSettings', { terminalId, ...how });
  const fileOf = async (content: string | Uint8Array) => {
    const file = join(bench.dataFolder, 'backup.json');
    await writeFile(file, content);
    return (await bridge.registerFile(file)).fileId;
  };
  const exported = () => bridge.request('exportBackup', { backupId: backup.id });
  return { bench, bridge, terminal, terminalId, backup, a, restore, fileOf, exported };
}

describe('a backup', () => {
  it('is in the list, and beside what the terminal has now', async () => {
    const { bridge, terminalId, backup } = await backedUp();
    const { backups } = await bridge.request('listBackups', { terminalId });
    expect(backups).toEqual([backup]);
    expect(backup).toMatchObject({ reason: 'asked', settings: 2, unread: 0 });
    const { rows } = await bridge.request('readSettings', { terminalId });
    expect(rows.map(({ key, current, backup: kept }) => [key, current, kept])).toEqual([
      ['a.text', 'later', { value: '0xff01', bytes: 'ff01', atUtc: backup.atUtc, differs: true }],
      ['b.text', 'later', { value: '原来的', atUtc: backup.atUtc, differs: true }],
      ['c.secret', null, null],
    ]);
  });

  it('puts back what differs, byte by byte, and can be undone as one', async () => {
    const { bridge, terminal, terminalId, backup, a, restore } = await backedUp();
    expect(await restore()).toMatchObject({
      backupId: backup.id,
      compared: 2,
      restored: ['a.text', 'b.text'],
      failed: [],
      reenter: ['c.secret'],
      correction: { outcome: 'applied', backupId: backup.id },
    });
    expect(terminal.values.get('a')).toEqual(a);
    expect(terminal.values.get('b')).toEqual(text('原来的'));
    const undone = await bridge.request('undoCorrection', { terminalId });
    expect(terminal.values.get('a')).toEqual(text('later'));
    const { corrections } = await bridge.request('listCorrections', { terminalId });
    expect(corrections.map(({ outcome, undoes }) => [outcome, undoes])).toEqual([
      ['undone', corrections[1]?.id],
      ['applied', undefined],
    ]);
    expect(corrections[0]?.id).toBe(undone.id);
    expect(corrections[1]?.undoneUtc).not.toBeNull();
  });

  it('says each key while it puts it back', async () => {
    const { bridge, terminalId } = await backedUp();
    const keys: string[] = [];
    const onProgress = ({ key }: { key: string }) => keys.push(key);
    await bridge.request('restoreSettings', { terminalId }, { onProgress });
    expect(keys).toEqual(['a.text', 'b.text']);
  });

  it('is only compared where that is asked: nothing is written, no case is opened', async () => {
    const { bridge, terminal, restore } = await backedUp();
    expect(await restore({ compareOnly: true })).toMatchObject({
      changes: [
        { key: 'a.text', current: 'later', backup: '0xff01' },
        { key: 'b.text', current: 'later', backup: '原来的' },
      ],
      correction: null,
    });
    expect(terminal.written).toEqual([]);
    expect((await bridge.request('listCases', {})).cases).toEqual([]);
  });

  it('puts back only the keys that are asked for', async () => {
    const { terminal, restore } = await backedUp();
    expect(await restore({ keys: ['b.text'] })).toMatchObject({ compared: 1, reenter: [] });
    expect(terminal.written).toEqual(['b']);
    await expect(restore({ keys: ['no.such'] })).rejects.toMatchObject({
      fault: { code: 'setting-unknown' },
    });
  });

  it('of which the terminal refuses one setting restores the others, and says which it was', async () => {
    const { terminal, restore, a } = await backedUp();
    terminal.refused.add('b');
    expect(await restore()).toMatchObject({ restored: ['a.text'], failed: ['b.text'] });
    expect(terminal.values.get('a')).toEqual(a);
    expect(terminal.values.get('b')).toEqual(text('later'));
  });

  it('that the terminal does not make last is tried once, and no setting is called refused', async () => {
    const { terminal, restore } = await backedUp();
    terminal.keeping.works = false;
    const { restored, failed, correction } = await restore();
    expect({ restored, failed }).toEqual({ restored: [], failed: ['a.text', 'b.text'] });
    expect(correction).toMatchObject({
      outcome: 'partly-applied',
      notKept: { code: 'command-refused' },
    });
    expect(correction?.changes.map(({ failure }) => failure)).toEqual([undefined, undefined]);
    expect(terminal.keeping.asked).toBe(2);
    expect(terminal.values.get('a')).toEqual(text('later'));
  });

  it('names no secret to re-enter where nothing was lost', async () => {
    const { terminal, restore, a } = await backedUp();
    terminal.values.set('a', a);
    terminal.values.set('b', text('原来的'));
    expect(await restore()).toMatchObject({ changes: [], reenter: [], correction: null });
    expect(terminal.written).toEqual([]);
  });

  it('that was never made is a clear fault', async () => {
    const { bridge, restore, exported } = await backedUp();
    await expect(restore({ backupId: 'none' })).rejects.toMatchObject({
      fault: { code: 'backup-missing' },
    });
    await expect(bridge.request('exportBackup', { backupId: 'none' })).rejects.toMatchObject({
      fault: { code: 'backup-missing' },
    });
    expect((await exported()).suggestedName).toMatch(/^[\d-]{16}-B-1\.settings\.json$/);
  });
});

describe('a backup as a file', () => {
  it('says its values as text and as bytes, and holds no secret', async () => {
    const { exported } = await backedUp();
    const { text: file } = await exported();
    expect(JSON.parse(file)).toMatchObject({
      kind: 'pos-bench settings backup',
      format: 1,
      serialNumber: 'B-1',
      values: [
        { key: 'a.text', value: '0xff01', bytes: 'ff01' },
        { key: 'b.text', value: '原来的' },
      ],
      reenter: ['c.secret'],
    });
    expect(file).not.toContain('hidden');
    expect(file).not.toContain(Buffer.from('hidden').toString('hex'));
  });

  it('is put back as it was written, also with the line ends of Windows', async () => {
    const { exported, fileOf, restore, terminal, a } = await backedUp();
    const { text: file } = await exported();
    const fileId = await fileOf(file.replaceAll('\n', '\r\n'));
    expect(await restore({ fileId })).toMatchObject({ restored: ['a.text', 'b.text'] });
    expect(terminal.values.get('a')).toEqual(a);
  });

  it.each([
    ['a value changed in its text', (file: string) => file.replace('0xff01', '0xff02')],
    ['a flipped digit of its bytes', (file: string) => file.replace('"ff01"', '"ff03"')],
    ['a cut', (file: string) => file.slice(0, -20)],
    ['a doubled key', (file: string) => file.replace('"format": 1,', '"format": 1,\n"format": 1,')],
    ['a key of its own', (file: string) => file.replace('"format": 1,', '"format": 1,\n"x": 1,')],
    ['a bidi control', (file: string) => file.replaceAll('a.text', 'a\u202etext')],
    ['a control character', (file: string) => file.replaceAll('a.text', 'a\\u0007text')],
    ['another time', (file: string) => file.replace(/"atUtc": "[^"]+"/, '"atUtc": "yesterday"')],
    ['a list of a million', (file: string) => file.replace('[\n', `[${'1,'.repeat(1e6)}`)],
    ['a million keys', (file: string) => file.replace('{', `{${'"":1,'.repeat(5e5)}`)],
    ['a deep nest', () => '['.repeat(2e6)],
    ['nothing', () => ''],
    ['another kind', () => '{"kind":"something","format":1}'],
    ['no object', () => 'null'],
  ])('with %s is refused as damaged', (_, damage) => {
    const damaged = () => backupOfText(text(damage(backupText(sample))), 'backup.json');
    expect(damaged).toThrow(BridgeFault);
    expect(damaged).toThrow('backup-damaged {"file":"backup.json"}');
  });

  it('that is damaged is refused before anything is written', async () => {
    const { exported, fileOf, restore, terminal } = await backedUp();
    const fileId = await fileOf((await exported()).text.replace('ff01', 'ff02'));
    await expect(restore({ fileId })).rejects.toMatchObject({
      fault: { code: 'backup-damaged', facts: { file: 'backup.json' } },
    });
    expect(terminal.written).toEqual([]);
  });

  it('of a newer format is refused by its number', async () => {
    const { fileOf, restore } = await backedUp();
    const fileId = await fileOf('{"kind":"pos-bench settings backup","format":2,"more":[]}');
    await expect(restore({ fileId })).rejects.toMatchObject({
      fault: { code: 'backup-newer', facts: { found: 2, expected: 1 } },
    });
  });

  it('of a hundred megabytes is refused unread', async () => {
    const { fileOf, restore } = await backedUp();
    const fileId = await fileOf(new Uint8Array(100 * 1024 * 1024));
    await expect(restore({ fileId })).rejects.toMatchObject({ fault: { code: 'file-too-large' } });
  });

  it('of another model is refused, whatever is allowed', async () => {
    const { exported, fileOf, restore, terminal } = await backedUp();
    const { text: file } = await exported();
    const fileId = await fileOf(file.replace('"model": "Bytes"', '"model": "Other"'));
    await expect(restore({ fileId, allowOtherTerminal: true })).rejects.toMatchObject({
      fault: {
        code: 'backup-other-model',
        facts: { found: 'Other (bytes)', expected: 'Bytes (bytes)' },
      },
    });
    expect(terminal.written).toEqual([]);
  });

  it('of another serial number is put back only where that is allowed', async () => {
    const { exported, fileOf, restore, terminal, a } = await backedUp();
    const { text: file } = await exported();
    const fileId = await fileOf(file.replace('"B-1"', '"B-2"'));
    await expect(restore({ fileId })).rejects.toMatchObject({
      fault: { code: 'backup-other-terminal', facts: { found: 'B-2', expected: 'B-1' } },
    });
    expect(terminal.written).toEqual([]);
    expect(await restore({ fileId, allowOtherTerminal: true })).toMatchObject({ failed: [] });
    expect(terminal.values.get('a')).toEqual(a);
  });

  it('of a terminal without a serial number is this one’s by the records’ own key alone', async () => {
    const { exported, fileOf, restore } = await backedUp(null);
    const { text: file } = await exported();
    expect(await restore({ fileId: await fileOf(file) })).toMatchObject({ failed: [] });
    const other = await fileOf(file.replace(/"terminalId": "[^"]+"/, '"terminalId": "other"'));
    await expect(restore({ fileId: other })).rejects.toMatchObject({
      fault: { code: 'backup-other-terminal', facts: {} },
    });
  });

  it('that names a secret’s value leaves the secret alone', async () => {
    const { exported, fileOf, restore, terminal } = await backedUp();
    const backup = backupOfText(text((await exported()).text), 'backup.json');
    const values = [...backup.values, { key: 'c.secret', bytes: '3131' }];
    const fileId = await fileOf(backupText({ ...backup, values }));
    await restore({ fileId });
    expect(terminal.written).toEqual(['a', 'b']);
  });

  it('is read as it was written, whatever bytes its values have', () => {
    const hex = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('hex'));
    fc.assert(
      fc.property(fc.array(fc.option(hex), { maxLength: 20 }), (values) => {
        const kept = values.map((bytes, index) => ({ key: `k.${index}`, bytes }));
        const backup = { ...sample, values: kept };
        expect(backupOfText(text(backupText(backup)), 'f')).toEqual(backup);
      }),
    );
  });
});
