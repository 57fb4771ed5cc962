/**
 * The desktop host: one window, one bridge process, and the line between them. It knows nothing of
 * terminals. One app runs for each data folder; a second start shows the first one's window.
 */
import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, Menu, nativeTheme, systemPreferences, type BrowserWindow } from 'electron';
import { faultOf } from '../native-bridge/contract/bridge-fault.ts';
import type { Fault } from '../native-bridge/contract/fault.ts';
import { makeFolder } from '../native-bridge/records/make-folder.ts';
import { appMenu } from './app-menu.ts';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { readArguments, type AppArguments } from './arguments.ts';
import { BridgeHost } from './bridge-host.ts';
import { Camera } from './camera.ts';
import { firstPreferences, preferencesSchema, type Preferences } from './channels.ts';
import { channels } from './channel-names.ts';
import { Closing } from './closing.ts';
import { DataFolderHost } from './data-folder.ts';
import { answerWindow } from './host-requests.ts';
import { KeepAwake, noteSleep } from './keep-awake.ts';
import { lockDown } from './lock-down.ts';
import { Notices, show } from './notices.ts';
import { Stored } from './stored.ts';
import { updaterIn } from './update-feed.ts';
import { Updates } from './updates.ts';
import { openWindow } from './window.ts';
import {
  closingWords,
  hostWords,
  localeOf,
  moveWords,
  noteWords,
  unstartedWords,
} from './words.ts';

/** Beside this bundle: `dist/electron/main.js`. */
const dist = fileURLToPath(new URL('..', import.meta.url));

const firstReviveMs = 500;
const longestReviveMs = 30_000;
/** Of a message box, which grows with its text. */
const longestDetail = 1_000;

const given = argumentsOrFault();
const stateFolder = 'code' in given ? temporaryFolder() : writableFolder(given.dataFolder);
// The window's own files, and what makes the app single: both belong to the data folder.
app.setPath('userData', stateFolder);
declareAppScheme();
// As root Chromium only runs with --no-sandbox, given by whoever starts it; the two exclude each other.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
const preferences = new Stored<Preferences>(
  join(stateFolder, 'preferences.json'),
  preferencesSchema,
  firstPreferences,
);
// What Chromium itself words, as the field of a day, follows this alone, and only from the start.
const { locale } = preferences.value;
if (locale !== null) app.commandLine.appendSwitch('lang', locale);

if ('code' in given) void app.whenReady().then(() => endWith(given));
else if (app.requestSingleInstanceLock()) {
  void app
    .whenReady()
    .then(() => run(given))
    .catch(endUnstarted);
} else app.quit();

function run({ dataFolder, folderGiven, training }: AppArguments): void {
  nativeTheme.themeSource = preferences.value.theme;
  setMenu(preferences.value);
  const camera = new Camera(mayUseCamera);
  lockDown(camera);
  serveApp(join(dist, 'renderer'));

  const awake = new KeepAwake();
  const closing = new Closing();
  const bridge = new BridgeHost({
    program: join(dist, 'node', 'bridge-process.js'),
    dataFolder,
    shellFolder: join(process.resourcesPath, 'shell'),
    training,
    onBusy: (busy) => awake.set(busy),
    onWork: (work) => {
      closing.set(work);
      updates.setBusy(work.length > 0);
    },
  });
  const updates = new Updates({
    load: updaterIn(process.resourcesPath, dist),
    wanted: () => preferences.value.updates,
    onState: (state) => {
      if (!window.isDestroyed()) window.webContents.send(channels.updateState, state);
    },
    note: (text) => bridge.note(text),
  });
  noteSleep((text) => bridge.note(text));
  const icon = join(dist, 'electron', 'icon.png');
  const window = openWindow({
    title: hostWords(preferences.value).title,
    preload: join(dist, 'electron', 'preload.cjs'),
    icon,
    stateFolder,
    zoomFactor: () => preferences.value.textSizePercent / 100,
  });
  camera.closeWith(window);
  answerWindow({
    ...{ window, bridge, preferences, camera, updates, setMenu, closing },
    notices: new Notices(window, icon, () => preferences.value.notifications),
    dataFolder: new DataFolderHost({
      ...{ window, bridge, closing, path: dataFolder, fixed: folderGiven },
      words: () => moveWords(preferences.value),
    }),
  });
  closing.guard(window, (ending) => closingWords(preferences.value, ending));
  reviveWhenGone(window);
  updates.look();
  app.on('second-instance', () => show(window));
  endInOrder(bridge);
}

/** Electron's own names its roles in English, whatever the window's language is. */
function setMenu(chosen: Preferences): void {
  const isWanted = process.platform === 'darwin';
  const menu = isWanted ? Menu.buildFromTemplate(appMenu(localeOf(chosen))) : null;
  Menu.setApplicationMenu(menu);
}

/** macOS asks the person once and remembers; elsewhere nobody is asked. */
async function mayUseCamera(): Promise<boolean> {
  return process.platform !== 'darwin' || (await systemPreferences.askForMediaAccess('camera'));
}

/**
 * A page whose process died is loaded again; the bridge and its jobs were never in it. One that dies
 * each time is loaded less and less often.
 */
function reviveWhenGone(window: BrowserWindow): void {
  let waitMs = firstReviveMs;
  let loadedMs = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const livedMs = performance.now() - loadedMs;
    waitMs = livedMs > longestReviveMs ? firstReviveMs : Math.min(waitMs * 2, longestReviveMs);
    setTimeout(() => {
      if (window.isDestroyed()) return;
      loadedMs = performance.now();
      window.reload();
    }, waitMs);
  });
}

function endInOrder(bridge: BridgeHost): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void bridge.close().finally(() => {
      closed = true;
      // Not within this event: a quit that is asked for there is forgotten (the bridge may be away).
      setImmediate(() => app.quit());
    });
  });
}

/** A fault where it can't be told which data folder it is. */
function argumentsOrFault(): AppArguments | Fault {
  try {
    return readArguments(process.argv.slice(1));
  } catch (error) {
    return faultOf(error);
  }
}

/** With another folder than the one meant, the history would go on in two places: nothing is opened. */
async function endWith({ code, facts, trace }: Fault): Promise<void> {
  const { what, next } = noteWords(String(facts['file'] ?? code));
  await endSaying({ what, next, more: trace });
}

/** Without its window, or half made, it would run on and hold the data folder, unseen. */
async function endUnstarted(error: unknown): Promise<void> {
  const more = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  await endSaying({ ...unstartedWords(preferences.value), more });
}

interface Ending {
  readonly what: string;
  readonly next: string;
  /** For whoever is asked for help. */
  readonly more: readonly string[];
}

async function endSaying({ what, next, more }: Ending): Promise<void> {
  console.error([what, next, ...more].join('\n'));
  const detail = [next, ...more].join('\n\n').slice(0, longestDetail);
  await dialog.showMessageBox({ type: 'error', message: what, detail }).catch(() => undefined);
  app.exit(1);
}

/** Where the data folder can't be written the bridge says so in the window, which needs a folder to open. */
function writableFolder(dataFolder: string): string {
  const folder = join(dataFolder, 'window');
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return temporaryFolder();
  }
}

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'pos-bench-window-'));
}
