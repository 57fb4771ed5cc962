import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  parseOpenings,
  readRecording,
  RecordingLineError,
} from '../../native-bridge/ports/recording-file.ts';
import { portFault } from '../support/port-faults.ts';

const folder = mkdtempSync(join(tmpdir(), 'recording-file-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const said = '{"ms":1,"from":"terminal","bytes":"6f6b"}';

describe('a recording file', () => {
  it('tells the openings of the port apart, and which of them the port ended', () => {
    const lines = [
      '{"ms":0,"port":"opened","baud":115200,"utc":"2026-01-01T00:00:00.000Z"}',
      said,
      '{"ms":5,"port":"vanished"}',
      '{"ms":9,"port":"opened"}',
      said,
      '{"ms":12,"port":"closed"}',
    ];
    expect(parseOpenings(`${lines.join('\n')}\n`)).toMatchObject([
      { openedMs: 0, baud: 115_200, talk: [{ ms: 1 }], vanishedMs: 5 },
      { openedMs: 9, baud: null, talk: [{ ms: 1 }], vanishedMs: null },
    ]);
  });

  it('of another program, with no word of the port, is one opening', () => {
    expect(parseOpenings(`${said}\n${said}\n`)).toMatchObject([{ baud: null, vanishedMs: null }]);
  });

  it('is read up to the line that a killed program left unfinished', () => {
    const [opening] = parseOpenings(`${said}\n${said.slice(0, 20)}`);
    expect(opening?.talk).toHaveLength(1);
  });

  it('that is not there is said to be missing', async () => {
    const file = join(folder, 'nowhere.jsonl');
    const fault = await portFault(readRecording(file));
    expect(fault).toMatchObject({ code: 'file-missing', facts: { file } });
  });

  it.each([
    ['a photograph', '\u0089PNG\r\n\u001a\n', 1],
    ['nothing', '', 1],
    ['a line that is none', `${said}\n${said}\n{"ms":1}\n${said}\n`, 3],
  ])('that holds %s is refused by its line', async (_name, text, line) => {
    const file = fileOf('wrong.jsonl', text);
    const fault = await portFault(readRecording(file));
    expect(fault).toMatchObject({ code: 'recording-invalid', facts: { file, line } });
  });

  it('that is too large is not read', async () => {
    const file = fileOf('large.jsonl', said.repeat(10));
    const fault = await portFault(readRecording(file, 100));
    const facts = { file, sizeBytes: said.length * 10, maxBytes: 100 };
    expect(fault).toMatchObject({ code: 'file-too-large', facts });
  });

  it('that is a folder, or a pipe that nobody writes to, is refused at once', async () => {
    expect((await portFault(readRecording(folder))).code).toBe('file-unreadable');
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect((await portFault(readRecording(pipe))).code).toBe('file-unreadable');
  });

  it('of any text is understood or refused by its line', () => {
    const entry = fc.oneof(fc.json(), fc.string(), fc.constant(said));
    fc.assert(
      fc.property(fc.array(entry), (lines) => {
        try {
          parseOpenings(lines.join('\n'));
        } catch (error) {
          expect(error).toBeInstanceOf(RecordingLineError);
        }
      }),
    );
  });
});
