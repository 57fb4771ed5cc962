/**
 * All that the window can ask of its host; renderer/host.d.ts says what each means. A MessagePort
 * can't cross the context bridge, so the bridge's port is posted to the page itself.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { FileAnswer, PosBenchHost, StoredPreferences } from '../../renderer/host.d.ts';
import { channels } from '../channel-names.ts';

const askPreferences = (): Promise<StoredPreferences> =>
  ipcRenderer.invoke(channels.getPreferences);
/** Nothing can be shown without them: they are asked for while the page's script is read. */
let first: Promise<StoredPreferences> | null = askPreferences();
first.catch(() => undefined);

/** The same goes for the bridge's port, which is kept until the page listens, as is whether it hangs. */
let arrived: { readonly wasClosed: boolean; readonly ports: readonly MessagePort[] } | null = null;
let silent: unknown = false;
let listens = false;

function tellSilent(): void {
  if (listens) window.postMessage({ type: channels.bridgeSilent, silent }, window.origin);
}

function handPort(): void {
  if (!listens || arrived === null) return;
  const { wasClosed, ports } = arrived;
  arrived = null;
  window.postMessage({ type: channels.port, wasClosed }, window.origin, [...ports]);
}

ipcRenderer.on(channels.port, (event, { wasClosed }: { wasClosed: boolean }) => {
  // One that came before is of a bridge that has ended.
  arrived = { wasClosed, ports: event.ports };
  handPort();
});
ipcRenderer.send(channels.requestPort);

const host: PosBenchHost = {
  platform: process.platform,
  requestPort: () => {
    listens = true;
    handPort();
    tellSilent();
  },
  endSilentBridge: () => ipcRenderer.invoke(channels.endSilentBridge),
  openFile: (kind) => ipcRenderer.invoke(channels.openFile, kind),
  // The page's own files, and what has no place on the disk, have no path.
  droppedFile: async (file) => {
    const path = webUtils.getPathForFile(file);
    return path === ''
      ? null
      : await (ipcRenderer.invoke(channels.droppedFile, path) as Promise<FileAnswer>);
  },
  saveText: (file) => ipcRenderer.invoke(channels.saveText, file),
  saveBytes: (file) => ipcRenderer.invoke(channels.saveBytes, file),
  savePdf: (file) => ipcRenderer.invoke(channels.savePdf, file),
  camera: {
    open: () => ipcRenderer.invoke(channels.openCamera),
    close: () => ipcRenderer.invoke(channels.closeCamera),
  },
  preferences: {
    get: () => {
      const asked = first ?? askPreferences();
      first = null;
      return asked;
    },
    set: (change) => ipcRenderer.invoke(channels.setPreferences, change),
  },
  uptimeMs: () => ipcRenderer.invoke(channels.uptime),
  begun: (kinds) => ipcRenderer.send(channels.begun, kinds),
  notify: (notice) => ipcRenderer.send(channels.notify, notice),
  updates: {
    get: () => ipcRenderer.invoke(channels.getUpdates),
    install: () => ipcRenderer.invoke(channels.installUpdate),
  },
  dataFolder: {
    get: () => ipcRenderer.invoke(channels.getDataFolder),
    open: () => ipcRenderer.invoke(channels.openDataFolder),
    move: () => ipcRenderer.invoke(channels.moveDataFolder),
  },
};

ipcRenderer.on(channels.bridgeSilent, (_event, said: unknown) => {
  silent = said;
  tellSilent();
});

ipcRenderer.on(channels.noticeChosen, (_event, notice: unknown) => {
  window.postMessage({ type: channels.noticeChosen, notice }, window.origin);
});

ipcRenderer.on(channels.updateState, (_event, state: unknown) => {
  window.postMessage({ type: channels.updateState, state }, window.origin);
});

contextBridge.exposeInMainWorld('posBench', host);
