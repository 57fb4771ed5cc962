/** The packaged app's window and a terminal's cable: in, out in mid-work, and in again. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appWindow, type AppWindow } from './app-window.ts';
import { CodeBox } from './code-box.ts';
import { test, type Trial } from './harness.ts';
import { program } from './product.ts';

const firmware = join(dirname(program('bridge-process')), 'firmware');
const image = join(firmware, 'codebox-2.0.0.bin');
const older = join(firmware, 'codebox-1.9.9-older.bin');
const options = ['--firmware', older, '--key', join(firmware, 'training-key.pub.pem')];

test('a terminal is in the window within a second of being plugged in, and selected as the only one', async (trial) => {
  const [window, box] = await Promise.all([
    appWindow(),
    CodeBox.start(trial, { options, unplugged: true }),
  ]);
  await window.see('nothing attached', `one('terminals-empty')`);
  await window.picture('nothing-attached');
  const pluggedMs = Date.now();
  box.plugCable();
  const tty = await box.tty();
  const shown = await window.see('its port', `row('serial://${tty}')`);
  const selected = await window.see('its card', selectedAlone('CB2025030017'));
  const after = (atMs: number) => Math.round(atMs - pluggedMs);
  const { kernelMs, managerMs } = known(tty);
  const times = [kernelMs, managerMs, shown.atMs, selected.atMs].map(after);
  console.log(`kernel/device manager/window/connected and selected, ms: ${times.join('/')}`);
  trial.note(times.join(' '));
  // By the guest's own clock, which no busy host slows down (host/guest.ts); from when the system tells
  // it, since what comes before that is the bus's and the kernel's time.
  assert.ok(shown.atMs - managerMs < 1000, `${times.join('/')} ms`);
  await window.see('its readings', `one('reading-battery.levelPercent')`);
  await window.picture('plugged-in');
  await letGo(window);
});

test('unplugged in mid-work it stays, greyed, with what was cut off and what to do; plugged in again it is taken up', async (trial) => {
  const window = await appWindow();
  const box = await connected(trial, window);
  await window.click(`one('tab-diagnosis')`);
  await window.click(`one('symptom-S3')`);
  await window.click(`one('diagnose-run')`);
  await window.see('a diagnosis', `one('terminal-card').dataset.activity === 'diagnosing'`);
  box.pullCable();
  await greyed(window);
  assert.match(
    await window.words('terminal-card'),
    /Disconnected .*The diagnosis was cut off\. Connect the terminal again and run it again\./,
  );
  await window.picture('diagnosis-cut-off');
  box.plugCable();
  await window.see('it back', `one('terminal-card').dataset.activity === 'idle'`);
  assert.doesNotMatch(await window.words('terminal-card'), /cut off/);
  await letGo(window);
});

test('unplugged in mid-flash it says so on its card; plugged in again what became of it is found, and the way on offered', async (trial) => {
  const window = await appWindow();
  const box = await connected(trial, window);
  await window.click(`one('tab-firmware')`);
  await window.willChoose(image);
  await window.click(`one('choose-image')`);
  await window.click(`one('flash-start')`);
  const bar = `one('flash-progress')?.querySelector('[role="progressbar"]')`;
  const sent = `Number(${bar}?.getAttribute('aria-valuenow'))`;
  await window.see(
    'a part sent',
    `one('flash-progress')?.dataset.phase === 'upload' && ${sent} > 10`,
  );
  box.pullCable();
  await window.see('a verdict', `one('flash-verdict')?.dataset.verdict === 'unknown'`);
  await greyed(window);
  assert.match(
    await window.words('terminal-card'),
    /Disconnected .*A flash was cut off\. Connect the terminal again/,
  );
  await window.picture('flash-cut-off');
  box.plugCable();
  await window.see('it settled', `one('flash-verdict')?.dataset.verdict === 'nothing-changed'`);
  await window.see('the way on', `one('flash-next')?.disabled === false`);
  assert.match(await window.words('flash-next'), /^Go on with 2\.0\.0$/);
  assert.match(await window.words('terminal-card'), /idle .*Flash to 2\.0\.0: Nothing changed/);
  await window.picture('flash-settled');
  await letGo(window);
});

test('two of one model that are plugged in together are both connected; one that takes the place of an idle one is too', async (trial) => {
  const window = await appWindow();
  const start = (socket: number, serialNumber: string) =>
    CodeBox.start(trial, { socket, usb: { serialNumber }, unplugged: true });
  const [one, two, three] = await Promise.all([
    start(0, 'CB-ONE'),
    start(1, 'CB-TWO'),
    start(2, 'CB-THREE'),
  ]);
  one.plugCable();
  two.plugCable();
  for (const number of ['CB-ONE', 'CB-TWO']) {
    await window.see(number, `card('${number}')?.dataset.connected === 'true'`);
  }
  await window.see('both at rest', idle(2));
  await window.picture('two-at-once');
  one.pullCable();
  await window.see('one away', `card('CB-ONE').dataset.connected === 'false'`);
  three.plugCable();
  await window.see('the third', `card('CB-THREE')?.dataset.connected === 'true'`);
  await window.picture('in-place-of-one');
  two.pullCable();
  three.pullCable();
  await window.see(
    'all away',
    `all('terminal-card').every((each) => each.dataset.connected === 'false')`,
  );
});

/** When the kernel made its node, and when the device manager was through with it. */
function known(tty: string): { readonly kernelMs: number; readonly managerMs: number } {
  const number = readFileSync(join('/sys/class/tty', tty.slice('/dev/'.length), 'dev'), 'utf8');
  const { mtimeMs: managerMs } = statSync(`/run/udev/data/c${number.trim()}`);
  return { kernelMs: statSync(tty).birthtimeMs, managerMs };
}

function selectedAlone(number: string): string {
  const { length, selected } = {
    length: `all('terminal-card').length === 1`,
    selected: `card('${number}')?.dataset.selected === 'true'`,
  };
  return `${length} && ${selected} && card('${number}').dataset.connected === 'true'`;
}

function idle(count: number): string {
  return `all('terminal-card').filter((each) => each.dataset.activity === 'idle').length === ${count}`;
}

/** Plugged in, connected by the window itself, and read. */
async function connected(trial: Trial, window: AppWindow): Promise<CodeBox> {
  const box = await CodeBox.start(trial, { options });
  await window.see('its card', selectedAlone('CB2025030017'));
  await window.see('it at rest', idle(1));
  return box;
}

async function greyed(window: AppWindow): Promise<void> {
  await window.see('it away', `one('terminal-card').dataset.connected === 'false'`);
  const isGrey = `one('terminal-card').classList.contains('gone')`;
  assert.ok(await window.read(`${isGrey} && one('terminal-card').dataset.selected === 'true'`));
}

/** As a tidy technician does before the cable is pulled. */
async function letGo(window: AppWindow): Promise<void> {
  await window.see('it at rest', idle(1));
  await window.click(`one('disconnect')`);
  await window.see('nothing attached', `one('terminals-empty')`);
}
