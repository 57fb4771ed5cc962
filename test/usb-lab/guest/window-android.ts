/** The packaged app's window and Android terminals: several doors, an adb server, the boot loader. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findAdbServer, killAdbServer } from '../../../native-bridge/ports/adb-server.ts';
import { AndroidTerminal } from './android-terminal.ts';
import { appWindow, type AppWindow } from './app-window.ts';
import { test, until } from './harness.ts';

const isConnected = `card('AT-900')?.dataset.connected === 'true'`;

test('a device that is serial port, ADB and modem is one terminal with several doors', async (trial) => {
  const window = await appWindow();
  const terminal = await AndroidTerminal.start(trial, {
    model: 'at-900',
    // The terminal's own line, and its modem's.
    beside: ['acm.0', 'acm.1'],
  });
  await window.see(
    'its doors',
    `all('port-row').filter((each) => each.matches('.door')).length === 3`,
  );
  assert.equal(await window.words('port-device'), 'POS Bench AT-900 PBN9A3250117');
  await window.picture('several-doors');
  await window.click(`one('connect', row('${terminal.url()}'))`);
  await window.see('its card', isConnected);
  await window.see('its readings', `one('reading-battery.levelPercent')`);
  assert.deepEqual(await window.read(`all('card-door').map(words)`), ['ttyACM0', 'ttyACM1']);
  assert.equal(
    await window.read(
      `all('terminal-card').filter((each) => each.dataset.connected === 'true').length`,
    ),
    1,
  );
  // The others lead to the same terminal, and the list says so.
  await window.see('whose they are', `one('port-device')?.dataset.connected === 'true'`);
  await window.picture('one-terminal');
  await window.click(`one('disconnect')`);
  await window.see('it let go', `card('AT-900') === null`);
});

test('an adb server that has the terminal is named with its process, ended only with consent, and the terminal connected; restarted into its boot loader it is taken up there', async (trial) => {
  const window = await appWindow();
  const terminal = await AndroidTerminal.start(trial, { model: 'at-900' });
  trial.defer(() => killAdbServer());
  await adb('start-server');
  await until('the server to have it', async () => /\tdevice$/m.test(await adb('devices')));
  const server = await findAdbServer();
  await window.click(`one('connect', row('${terminal.url()}'))`);
  await window.see('the fault', `one('connect-fault')?.dataset.code === 'port-adb-server'`);
  assert.match(
    await window.words('connect-fault'),
    new RegExp(`process ${server?.process?.pid}\\b`),
  );
  await window.picture('adb-server-has-it');
  await window.click(`one('adb-server-end')`);
  await window.see('the question', `one('adb-server-dialog')`);
  assert.match(
    await window.words('adb-server-dialog'),
    new RegExp(`process ${server?.process?.pid}\\).* PBN9A3250117 `),
  );
  await window.picture('adb-server-question');
  assert.notEqual(await findAdbServer(), null);
  await window.click(`one('adb-server-confirm')`);
  await window.see('its card', isConnected);
  assert.equal(await findAdbServer(), null);
  await window.see('it at rest', `card('AT-900').dataset.activity === 'idle'`);
  await inBootLoader(window, terminal);
});

test('nothing went wrong in the page, and the window closes as a person closes it', async () => {
  const window = await appWindow();
  assert.deepEqual(window.complaints, []);
  assert.equal(await window.close(), 0);
});

/** By fastboot, under another product id, as one terminal still. */
async function inBootLoader(window: AppWindow, terminal: AndroidTerminal): Promise<void> {
  await terminal.tell({ reboot: 'bootloader' });
  const place = terminal.url('bootloader').slice('usb://'.length);
  await window.see(
    'its boot loader',
    `words(card('AT-900')).includes('${place}') && ${isConnected}`,
  );
  await window.see(
    'that only its boot loader answers',
    `words(one('terminal-header')).includes('Boot loader only')`,
  );
  await window.click(`one('tab-overview')`);
  await window.see('what it tells', `words(document.querySelector('main')).includes('fastboot')`);
  await window.picture('boot-loader');
}

const execute = promisify(execFile);

/** Debian's. */
async function adb(...args: readonly string[]): Promise<string> {
  const { stdout } = await execute('adb', args, { env: { ...process.env, HOME: '/root' } });
  return stdout;
}
