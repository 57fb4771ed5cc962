/**
 * A recording in a terminal's place, for users: what a job came to with the terminal, it comes to
 * again from the recording, in a bridge of its own.
 */
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Diagnosis } from '../../native-bridge/contract/diagnosis.ts';
import { trainingMerchant } from '../../native-bridge/operations/entry-points.ts';
import { type Bench, connectBox, openBench, updateFile } from '../support/bench.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type Job = (bench: Bench, terminalId: string) => Promise<unknown>;
interface Options {
  readonly transport?: 'tcp' | 'pty';
  readonly faults?: string[];
}

/** Does the job with a simulated terminal, and gives what it came to and the recording's file. */
async function record(job: Job, options: Options = {}): Promise<{ came: unknown; file: string }> {
  const folder = temporaryFolder();
  const bench = await openBench(folder);
  const { terminal } = await connectBox(bench, options);
  const came = await job(bench, terminal.id);
  await bench.bridge.close();
  const [name = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return { came, file: join(folder, name) };
}

/** The same job, from the recording. */
async function replay(job: Job, file: string, query = ''): Promise<unknown> {
  const bench = await openBench();
  return await job(bench, await connectTo(bench, file, query));
}

async function connectTo(bench: Bench, file: string, query = ''): Promise<string> {
  const { fileId } = await bench.bridge.registerFile(trainingMerchant());
  const portUrl = `replay://${file}${query}`;
  const terminal = await bench.bridge.request('connect', { portUrl, merchantFileId: fileId });
  return terminal.id;
}

const identify: Job = async ({ bridge }) => {
  const { terminals } = await firstPicture(bridge);
  return terminals.map(({ identity, profile }) => ({ identity, profile }));
};

async function firstPicture(bridge: Bench['bridge']) {
  const stop = new AbortController();
  return await new Promise<{ terminals: readonly { identity: unknown; profile: string }[] }>(
    (resolve, reject) => {
      const onProgress = (picture: {
        terminals: readonly { identity: unknown; profile: string }[];
      }) => {
        resolve(picture);
        stop.abort();
      };
      bridge.request('watchTerminals', {}, { onProgress, signal: stop.signal }).catch(reject);
    },
  );
}

const readAll: Job = async ({ bridge }, terminalId) => {
  const { readings } = await bridge.request('readTerminal', { terminalId });
  return readings.map(({ name, value, raw, failure }) => [name, value, raw, failure?.code]);
};

const diagnose: Job = async ({ bridge }, terminalId) =>
  told(await bridge.request('diagnose', { terminalId, symptom: 'S3' }));

const told = ({ cause, findings }: Diagnosis) => ({
  cause,
  findings: findings.map(({ check, verdict, role, headline }) => [check, verdict, role, headline]),
});

/** Corrects what the merchant's file says, and a secret that `psk` gives. */
const correctWith =
  (psk: string): Job =>
  async ({ bridge }, terminalId) => {
    const { rows } = await bridge.request('readSettings', { terminalId });
    const changes = rows.flatMap(({ key, differs, expected }) =>
      differs && expected !== null ? [{ key, value: expected }] : [],
    );
    expect(changes.length).toBeGreaterThan(0);
    changes.push({ key: 'wifi.password', value: psk });
    const correction = await bridge.request('applySettings', { terminalId, changes });
    return [correction.outcome, correction.changes];
  };

const flash: Job = async (bench, terminalId) => {
  const fileId = await updateFile(bench);
  const plan = await bench.bridge.request('planFlash', { terminalId, fileId });
  const acceptedSha256 = plan.image.fileSha256;
  const result = await bench.bridge.request('flash', { terminalId, fileId, acceptedSha256 });
  const { verdict, runningVersion, runningHash, confirmed, state, failedPhase } = result;
  return { verdict, runningVersion, runningHash, confirmed, state, failedPhase };
};

describe.each(['tcp', 'pty'] as const)('recorded over %s and replayed', (transport) => {
  it.each([
    ['recognising', identify],
    ['reading', readAll],
    ['a diagnosis', diagnose],
    ['a correction', correctWith('laowang-8888')],
    ['a flash', flash],
  ] as const)(
    '%s comes to the same',
    async (_name, job) => {
      const { came, file } = await record(job, { transport, faults: ['wrong-merchant'] });
      expect(await replay(job, file)).toEqual(came);
    },
    60_000,
  );
});

describe('a replay', () => {
  it('of a correction takes any secret: the recording has none', async () => {
    const options = { faults: ['wrong-merchant'] };
    const { came, file } = await record(correctWith('laowang-8888'), options);
    expect(await replay(correctWith('x'), file)).toEqual(came);
  });

  it('is no visit to the terminal it was made of', async () => {
    const { file } = await record(diagnose);
    const bench = await openBench();
    const { terminal } = await connectBox(bench);
    const real = await bench.bridge.request('diagnose', { terminalId: terminal.id, symptom: 'S3' });
    const replayed = await connectTo(bench, file);
    expect(replayed).not.toBe(terminal.id);
    const again = await bench.bridge.request('diagnose', { terminalId: replayed, symptom: 'S3' });
    expect(again.caseId).not.toBe(real.caseId);
    const { cases } = await bench.bridge.request('listCases', {});
    const one = cases.find(({ id }) => id === again.caseId);
    expect(one?.identity?.serialNumber).toBe(terminal.identity.serialNumber);
    expect(one?.portUrl).toBe(`replay://${file}`);
  });

  it('is called one in the report, in both languages', async () => {
    const { file } = await record(diagnose);
    const bench = await openBench();
    const { caseId } = await bench.bridge.request('diagnose', {
      terminalId: await connectTo(bench, file),
      symptom: 'S3',
    });
    const text = async (format: 'html' | 'json', locale: 'zh-CN' | 'en') =>
      (await bench.bridge.request('makeReport', { caseId, format, locale })).text;
    expect(await text('html', 'zh-CN')).toContain('录制回放：没有读写任何终端');
    expect(await text('html', 'en')).toContain('From a recording: no terminal was read or written');
    expect(JSON.parse(await text('json', 'en'))).toMatchObject({ case: { fromRecording: true } });
  });

  it('begins anew when it is connected anew', async () => {
    const { came, file } = await record(diagnose);
    const bench = await openBench();
    const terminalId = await connectTo(bench, file);
    expect(await diagnose(bench, terminalId)).toEqual(came);
    await bench.bridge.request('disconnect', { terminalId });
    expect(await diagnose(bench, await connectTo(bench, file))).toEqual(came);
  });

  it('of another job says what the recording has no answer to, and reads the rest', async () => {
    const { file } = await record(identify);
    const bench = await openBench();
    const terminalId = await connectTo(bench, file);
    const { readings } = await bench.bridge.request('readTerminal', { terminalId });
    const known = readings.find(({ name }) => name === 'identity.serialNumber');
    expect(known?.value).toBe('CB2025030017');
    const battery = readings.find(({ name }) => name === 'battery.levelPercent');
    expect(battery?.failure).toMatchObject({ code: 'not-recorded' });
  });

  it('of a file that is none says so, by its line', async () => {
    const bench = await openBench();
    const file = join(temporaryFolder(), '不是录制.jsonl');
    writeFileSync(file, 'hello\n');
    const connected = bench.bridge.request('connect', { portUrl: `replay://${file}` });
    await expect(connected).rejects.toMatchObject({
      fault: { code: 'recording-invalid', facts: { file, line: 1 } },
    });
  });

  it("of a real device's, made by another program, gives what it has", async () => {
    const bench = await openBench();
    const file = join(temporaryFolder(), 'talk.jsonl');
    const sample = new URL('../fixtures/smp/zephyr-3.5-groups.jsonl', import.meta.url);
    copyFileSync(sample, file);
    const terminal = await bench.bridge.request('connect', { portUrl: `replay://${file}` });
    expect(terminal).toMatchObject({
      profile: 'zephyr-generic',
      identity: { basis: 'assumed', serialNumber: null, firmwareVersion: '1.0.0' },
    });
  });
});
