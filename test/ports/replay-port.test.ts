import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecording } from '../../native-bridge/ports/recording-file.ts';
import { openReplayPort } from '../../native-bridge/ports/replay-turns.ts';
import { portFault } from '../support/port-faults.ts';

const wait = { timeoutMs: 1000 };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (text: string): string => Buffer.from(text).toString('hex');
const line = (ms: number, from: string, text: string): string =>
  JSON.stringify({ ms, from, bytes: hex(text) });

const talk = parseRecording(
  [
    line(0, 'terminal', 'boot\n'),
    line(10, 'host', 'pi'),
    line(11, 'host', 'ng'),
    line(12, 'terminal', 'po'),
    line(40, 'terminal', 'ng'),
    line(50, 'host', 'bye'),
  ].join('\n'),
);

async function readText(port: ReturnType<typeof openReplayPort>, bytes: number): Promise<string> {
  let text = '';
  while (text.length < bytes) text += Buffer.from((await port.read(wait)) ?? []).toString();
  return text;
}

describe('a replayed recording', () => {
  it('says what the terminal said, after what the host said', async () => {
    const port = openReplayPort(talk);
    expect(await readText(port, 5)).toBe('boot\n');
    expect((await portFault(port.read({ timeoutMs: 10 }))).code).toBe('port-silent');
    await port.write(bytesOf('ping'), wait);
    expect(await readText(port, 4)).toBe('pong');
  });

  it('does not care how the host splits its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 })), async (cuts) => {
        const port = openReplayPort(talk);
        let rest = 'pingbye';
        for (const cut of [...cuts, 7]) {
          if (rest === '') break;
          await port.write(bytesOf(rest.slice(0, cut)), wait);
          rest = rest.slice(cut);
        }
        expect(await readText(port, 9)).toBe('boot\npong');
      }),
    );
  });

  it('has no answer when the host says something else, and waits for what it knows', async () => {
    const port = openReplayPort(talk);
    const fault = await portFault(port.write(bytesOf('pong'), wait));
    expect(fault).toMatchObject({ code: 'not-recorded', facts: { port: 'replay', bytes: 4 } });
    await port.write(bytesOf('ping'), wait);
    expect(await readText(port, 9)).toBe('boot\npong');
  });

  it('has no answer to what comes after its end', async () => {
    const port = openReplayPort(talk);
    await port.write(bytesOf('pingbye'), wait);
    expect((await portFault(port.write(bytesOf('?'), wait))).code).toBe('not-recorded');
  });

  it('takes as long as it did, where that is wanted', async () => {
    const port = openReplayPort(talk, { pace: 1 });
    const startMs = performance.now();
    await port.write(bytesOf('ping'), wait);
    await readText(port, 'boot\npong'.length);
    expect(performance.now() - startMs).toBeGreaterThan(25);
  });

  it('is closed like any port', async () => {
    const port = openReplayPort(parseRecording(''));
    const reading = port.read(wait);
    await port.close();
    expect(await reading).toBeNull();
    expect((await portFault(port.write(bytesOf('x'), wait))).code).toBe('port-vanished');
  });

  it.each([
    ['{"ms":1}', 'line 1'],
    [`${line(0, 'host', 'x')}\nnothing`, 'line 2'],
    ['{"ms":1,"from":"host","bytes":"0"}', 'line 1'],
    ['{"ms":1,"from":"nobody","bytes":"00"}', 'line 1'],
    ['null', 'line 1'],
  ])('that reads %j is refused, and the line named', (text, where) => {
    expect(() => parseRecording(text)).toThrow(where);
  });

  it('leaves out what was recorded as a count', () => {
    expect(parseRecording('{"ms":1,"from":"terminal","count":12}\n')).toEqual([]);
  });
});
