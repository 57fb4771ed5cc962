/**
 * What the window asks of its host (renderer/host.d.ts). Every message is checked: it must come
 * from the main frame of the app's own page, and have the shape in channels.ts. The window never
 * learns a path: dialogues are opened here, and files are registered with the bridge from here.
 */
import os from 'node:os';
import { dialog, ipcMain, nativeTheme } from 'electron';
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { FileAnswer } from '../renderer/host.d.ts';
import { appOrigin } from './app-protocol.ts';
import type { BridgeHost } from './bridge-host.ts';
import type { Camera } from './camera.ts';
import { channels } from './channel-names.ts';
import {
  begunSchema,
  bytesToSaveSchema,
  droppedPathSchema,
  fileKindSchema,
  noticeSchema,
  pdfToSaveSchema,
  preferencesChangeSchema,
  textToSaveSchema,
  type FileKind,
  type Preferences,
} from './channels.ts';
import type { Closing } from './closing.ts';
import { printReport } from './print-report.ts';
import { saveFile } from './save-file.ts';
import type { DataFolderHost } from './data-folder.ts';
import type { Notices } from './notices.ts';
import type { Stored } from './stored.ts';
import type { Updates } from './updates.ts';
import { hostWords } from './words.ts';

const extensions: Readonly<Record<FileKind, readonly string[]>> = {
  firmware: ['bin', 'img', 'zip'],
  key: ['pem', 'pub', 'crt', 'cer'],
  merchant: ['yaml', 'yml'],
  profile: ['yaml', 'yml'],
  backup: ['json'],
  photo: ['jpg', 'jpeg', 'png'],
  picture: ['png', 'jpg', 'jpeg', 'gif', 'bmp'],
  app: ['apk'],
  logo: ['png', 'jpg', 'jpeg'],
  'public-key': ['pub'],
  signed: ['zip', 'pdf', 'html', 'json', 'minisig'],
};

export interface WindowParts {
  readonly window: BrowserWindow;
  readonly bridge: BridgeHost;
  readonly preferences: Stored<Preferences>;
  readonly notices: Notices;
  readonly dataFolder: DataFolderHost;
  readonly camera: Camera;
  readonly updates: Updates;
  readonly closing: Closing;
  /** In the language that is chosen. */
  readonly setMenu: (chosen: Preferences) => void;
}

export function answerWindow(parts: WindowParts): void {
  const { window, bridge, preferences, notices, dataFolder, camera, updates, closing, setMenu } =
    parts;
  const isOurs = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent) =>
    senderFrame !== null &&
    senderFrame === window.webContents.mainFrame &&
    senderFrame.origin === appOrigin;
  const handle = (channel: string, answer: (argument: unknown) => unknown) => {
    ipcMain.handle(channel, (event, argument: unknown) => {
      if (!isOurs(event)) throw new Error('refused');
      return answer(argument);
    });
  };

  ipcMain.on(channels.requestPort, (event) => {
    if (isOurs(event)) bridge.connect(window.webContents);
  });
  handle(channels.endSilentBridge, () => bridge.endSilent());
  handle(channels.openFile, (kind) =>
    openFile(window, fileKindSchema.parse(kind), bridge, preferences.value),
  );
  handle(channels.droppedFile, (path) => bridge.registerFile(droppedPathSchema.parse(path)));
  handle(channels.saveText, (file) => {
    const { suggestedName, text, sign } = textToSaveSchema.parse(file);
    return saveFile(window, bridge, { suggestedName, content: () => text, sign });
  });
  handle(channels.saveBytes, (file) => {
    const { suggestedName, bytes, sign } = bytesToSaveSchema.parse(file);
    return saveFile(window, bridge, { suggestedName, content: () => bytes, sign });
  });
  handle(channels.savePdf, (file) => {
    const { suggestedName, html, sign } = pdfToSaveSchema.parse(file);
    return saveFile(window, bridge, { suggestedName, content: () => printReport(html), sign });
  });
  handle(channels.uptime, () => Math.round(os.uptime() * 1000));
  handle(channels.openCamera, () => camera.open());
  handle(channels.closeCamera, () => camera.close());
  handle(channels.getPreferences, () => preferences.value);
  handle(channels.setPreferences, (change) => {
    const changed = definedOf(preferencesChangeSchema.parse(change));
    preferences.set({ ...preferences.value, ...changed });
    nativeTheme.themeSource = preferences.value.theme;
    window.setTitle(hostWords(preferences.value).title);
    if ('locale' in changed) setMenu(preferences.value);
    window.webContents.setZoomFactor(preferences.value.textSizePercent / 100);
    if ('updates' in changed) updates.look();
  });
  ipcMain.on(channels.notify, (event, notice: unknown) => {
    if (!isOurs(event)) return;
    // Nobody waits for an answer: what is thrown here would be a dialogue of Electron's own.
    const parsed = noticeSchema.safeParse(notice);
    if (parsed.success) notices.show(parsed.data);
    else console.error(`unreadable notice: ${parsed.error.message}`);
  });
  ipcMain.on(channels.begun, (event, kinds: unknown) => {
    if (!isOurs(event)) return;
    const parsed = begunSchema.safeParse(kinds);
    if (parsed.success) closing.setBegun(parsed.data);
    else console.error(`unreadable beginnings: ${parsed.error.message}`);
  });
  handle(channels.getUpdates, () => updates.state);
  handle(channels.installUpdate, () => updates.install());
  handle(channels.getDataFolder, () => dataFolder.info);
  handle(channels.openDataFolder, () => dataFolder.open());
  handle(channels.moveDataFolder, () => dataFolder.move());
}

/** TypeScript tells what is missing from what is undefined; a value that is undefined replaces nothing. */
function definedOf<T extends object>(
  change: T,
): {
  [K in keyof T]: Exclude<T[K], undefined>;
} {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as never;
}

/** null where the dialogue was closed. */
async function openFile(
  window: BrowserWindow,
  kind: FileKind,
  bridge: BridgeHost,
  preferences: Preferences,
): Promise<FileAnswer | null> {
  const { fileKinds, allFiles } = hostWords(preferences);
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: fileKinds[kind],
    properties: ['openFile'],
    filters: [
      { name: fileKinds[kind], extensions: [...extensions[kind]] },
      { name: allFiles, extensions: ['*'] },
    ],
  });
  const [path] = filePaths;
  return path === undefined ? null : await bridge.registerFile(path);
}
