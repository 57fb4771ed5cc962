/** The data folder moved from the window, and what is said where it can't be told where it went. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { startChild } from '../records/support.ts';
import { asRoot, executablePath, startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { picture } from './pictures.ts';

const onLinux = process.platform === 'linux';

/** The usual folder, with something in its records that the window shows. */
async function usualFolder(): Promise<{ home: string; usual: string }> {
  const home = temporaryFolder();
  const usual = join(home, 'pos-bench');
  const records = await openRecords({ dataFolder: usual });
  const sinceUtc = '2026-05-04T03:02:01.000Z';
  const ports = ['Mill', 'Lathe'].map((name) => {
    return { key: `serial ${name}`, name, path: `/dev/${name}`, sinceUtc };
  });
  await records.setPreference('ignoredPorts', JSON.stringify(ports));
  await records.close();
  return { home, usual };
}

/** The question whether to go there is answered with yes; resolves to what it said. */
async function sayYes({ electron }: RunningApp): Promise<() => Promise<string>> {
  await electron.evaluate(({ dialog }) => {
    const answer = { response: 1, checkboxChecked: false };
    const asked: string[] = [];
    const show = (...of: unknown[]) => {
      const { message, detail } = of.at(-1) as { message: string; detail: string };
      asked.push(`${message}\n${detail}`);
      return Promise.resolve(answer);
    };
    Object.assign(dialog, { showMessageBox: show, asked });
  });
  return () =>
    electron.evaluate(({ dialog }) => (dialog as unknown as { asked: string[] }).asked.join('\n'));
}

test.runIf(onLinux)(
  'the data folder is moved, not while a shell has it open, and the next start is there',
  async () => {
    const { home, usual } = await usualFolder();
    const chosen = temporaryFolder();
    chmodSync(chosen, 0o755);
    const app = await startApp({ dataHome: home });
    const { at, electron } = app;
    await at('rail-preferences').click();
    await expect.poll(() => at('data-folder').textContent()).toBe(usual);
    const asked = await sayYes(app);
    await app.willChoose(chosen);

    const shell = startChild('hold-lock.ts', [usual, 'terminal']);
    expect(await shell.line()).toBe('held');
    await at('data-folder-move').click();
    await expect.poll(() => at('data-folder-said').textContent()).toContain('in a shell');
    expect(readdirSync(chosen)).toEqual([]);
    expect(await asked()).toBe('');
    await at('data-folder-said').scrollIntoViewIfNeeded();
    await picture(app, '64-move-refused');
    shell.process.kill('SIGKILL');
    await shell.ended;

    // Where the move can't be noted nothing is changed, and the bridge that was closed for it is back.
    const note = join(usual, 'moved-to.json');
    mkdirSync(note);
    await at('data-folder-move').click();
    await expect.poll(asked, { timeout: 20_000 }).toContain('Nothing was changed');
    // It said where everything goes, and where the old copy stays.
    expect(await asked()).toContain(join(chosen, 'pos-bench'));
    expect(await asked()).toContain(`in ${usual}`);
    expect(readdirSync(chosen)).toEqual([]);
    await at('heed-port').first().click();
    await expect.poll(() => at('ignored-port').count(), { timeout: 20_000 }).toBe(1);
    expect(await at('bridge-interrupted').count()).toBe(0);
    await picture(app, '65-move-failed');
    rmdirSync(note);

    // Only that it is asked for: another app would stay when the test ends.
    const restarts: string[] = [];
    electron.process().stdout?.on('data', (text: Buffer) => restarts.push(text.toString()));
    await electron.evaluate(({ app: host }) => {
      host.relaunch = () => console.log('started again');
    });
    const ended = electron.waitForEvent('close', { timeout: 60_000 });
    await at('data-folder-move').click();
    await ended;
    expect(restarts.join('')).toContain('started again');
    const moved = join(chosen, 'pos-bench');
    expect(readdirSync(chosen)).toEqual(['pos-bench']);
    expect(statSync(moved).mode & 0o777).toBe(0o700);
    expect(existsSync(join(usual, 'records.db'))).toBe(true);

    const next = await startApp({ dataHome: home });
    await next.at('rail-preferences').click();
    await expect.poll(() => next.at('data-folder').textContent()).toBe(moved);
    await expect.poll(() => next.at('ignored-port').allTextContents()).toHaveLength(1);
    expect(await next.at('ignored-port').first().textContent()).toMatch(/Lathe|Mill/);
    expect(next.complaints).toEqual([]);
  },
  180_000,
);

test.runIf(onLinux).each([
  ['en', "can't be read"],
  ['zh-CN', '现在读不出来'],
])(
  'where the note of the move is damaged the app opens nothing and says which file, in %s',
  async (locale, words) => {
    const home = temporaryFolder();
    const note = join(home, 'pos-bench', 'moved-to.json');
    mkdirSync(join(home, 'pos-bench'));
    writeFileSync(note, '');
    const child = spawn(executablePath, [...asRoot, `--lang=${locale}`], {
      env: { ...process.env, XDG_DATA_HOME: home },
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    const said = await new Promise<string>((resolve, reject) => {
      let all = '';
      child.stderr.on('data', (chunk: Buffer) => {
        all += chunk.toString();
        if (all.includes('--data')) resolve(all);
      });
      void ended.then(() => reject(new Error(`ended: ${all}`)));
    });
    expect(said).toContain(note);
    expect(said).toContain(words);
    expect(readdirSync(join(home, 'pos-bench'))).toEqual(['moved-to.json']);
  },
  60_000,
);
