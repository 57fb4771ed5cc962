/**
 * What the window asks of its host (renderer/host.d.ts). Every message is checked: it must come
 * from the main frame of the app's own page, and have the shape in channels.ts. The window never
 * learns a path: dialogues are opened here, and files are registered with the bridge from here.
 */
import { basename, join } from 'node:path';
import { app, dialog, ipcMain, nativeTheme } from 'electron';
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { Fault } from '../native-bridge/contract/fault.ts';
import { writeWholeFile } from '../native-bridge/records/whole-file.ts';
import type { FileAnswer, SaveAnswer } from '../renderer/host.d.ts';
import { appOrigin } from './app-protocol.ts';
import type { BridgeHost } from './bridge-host.ts';
import { channels } from './channel-names.ts';
import {
  bytesToSaveSchema,
  droppedPathSchema,
  fileKindSchema,
  preferencesChangeSchema,
  textToSaveSchema,
  type FileKind,
  type Preferences,
} from './channels.ts';
import type { Stored } from './stored.ts';
import { hostWords } from './words.ts';

const extensions: Readonly<Record<FileKind, readonly string[]>> = {
  firmware: ['bin', 'img', 'zip'],
  key: ['pem', 'pub'],
  merchant: ['yaml', 'yml'],
  profile: ['yaml', 'yml'],
  backup: ['json'],
  photo: ['jpg', 'jpeg', 'png'],
  picture: ['png', 'jpg', 'jpeg', 'gif', 'bmp'],
  app: ['apk'],
};

export function answerWindow(
  window: BrowserWindow,
  bridge: BridgeHost,
  preferences: Stored<Preferences>,
): void {
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
  handle(channels.openFile, (kind) =>
    openFile(window, fileKindSchema.parse(kind), bridge, preferences.value),
  );
  handle(channels.droppedFile, (path) => bridge.registerFile(droppedPathSchema.parse(path)));
  handle(channels.saveText, (file) => {
    const { suggestedName, text } = textToSaveSchema.parse(file);
    return save(window, suggestedName, text);
  });
  handle(channels.saveBytes, (file) => {
    const { suggestedName, bytes } = bytesToSaveSchema.parse(file);
    return save(window, suggestedName, bytes);
  });
  handle(channels.getPreferences, () => preferences.value);
  handle(channels.setPreferences, (change) => {
    const named = Object.entries(preferencesChangeSchema.parse(change));
    const changed = Object.fromEntries(named.filter(([, value]) => value !== undefined));
    preferences.set({ ...preferences.value, ...changed });
    nativeTheme.themeSource = preferences.value.theme;
    window.setTitle(hostWords(preferences.value).title);
  });
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

async function save(
  window: BrowserWindow,
  suggestedName: string,
  content: string | Uint8Array,
): Promise<SaveAnswer> {
  // A name only: whatever it contains, it does not choose the folder.
  const name = suggestedName.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
  const { filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('documents'), name),
  });
  if (filePath === '') return { saved: false };
  try {
    await writeWholeFile(filePath, content);
    return { saved: true };
  } catch (error) {
    return { fault: notWritten(filePath, error) };
  }
}

/** The window never learns a path: the file's name is all that it shows. */
function notWritten(path: string, error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return {
    code: full ? 'disk-full' : 'file-not-written',
    facts: { file: basename(path) },
    trace: [code],
  };
}
