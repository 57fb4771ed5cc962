import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLogFile, openLog } from '../../native-bridge/records/log.ts';
import { temporaryFolder } from './support.ts';

describe('the log', () => {
  it('writes level, UTC time and causes, one line each', () => {
    const file = defaultLogFile(temporaryFolder());
    openLog({ file }).warn('flash failed', ['upload-stalled', 'port vanished']);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z warn {2}\d+ flash failed$/);
    expect(lines[2]).toMatch(/caused by: port vanished$/);
  });

  it('stays within its bounds whatever is written', () => {
    const folder = temporaryFolder();
    const log = openLog({ file: join(folder, 'a.log'), maxBytes: 2000, keep: 3 });
    for (let index = 0; index < 500; index++) log.info(`line ${index} ${'y'.repeat(index)}`);
    const files = readdirSync(folder).sort();
    expect(files).toEqual(['a.log', 'a.log.1', 'a.log.2']);
    for (const file of files) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(2000);
    expect(readFileSync(join(folder, 'a.log'), 'utf8')).toContain('line 499 ');
  });

  it('hides card numbers and passwords', () => {
    const file = join(temporaryFolder(), 'a.log');
    openLog({ file }).error('paid with 4111 1111 1111 1111, psk=hunter22');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('************1111');
    expect(text).not.toContain('hunter22');
  });

  it('is one line for a text that wants to be several, or to steer the reader’s terminal', () => {
    const file = join(temporaryFolder(), 'a.log');
    openLog({ file }).info('a\r\n2026 error forged\u001b[2J');
    const text = readFileSync(file, 'utf8');
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(text).not.toContain('\u001b');
  });

  it('says nothing louder than asked for', () => {
    const file = join(temporaryFolder(), 'a.log');
    const log = openLog({ file, level: 'warn' });
    log.info('no');
    log.error('yes');
    expect(readFileSync(file, 'utf8')).not.toContain('no\n');
    expect(readFileSync(file, 'utf8')).toContain('yes');
  });

  it('never throws, not even where its file cannot be', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    expect(() => openLog({ file: defaultLogFile(folder) }).error('x')).not.toThrow();
    mkdirSync(join(folder, 'dir.log'));
    expect(() => openLog({ file: join(folder, 'dir.log') }).error('x')).not.toThrow();
  });
});
