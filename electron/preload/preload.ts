/**
 * All that the window can ask of its host; renderer/host.d.ts says what each means. A MessagePort
 * can't cross the context bridge, so the bridge's port is posted to the page itself.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { PosBenchHost } from '../../renderer/host.d.ts';
import { channels } from '../channel-names.ts';

const host: PosBenchHost = {
  platform: process.platform,
  requestPort: () => ipcRenderer.send(channels.requestPort),
  openFile: (kind) => ipcRenderer.invoke(channels.openFile, kind),
  saveText: (file) => ipcRenderer.invoke(channels.saveText, file),
  preferences: {
    get: () => ipcRenderer.invoke(channels.getPreferences),
    set: (change) => ipcRenderer.invoke(channels.setPreferences, change),
  },
};

ipcRenderer.on(channels.port, (event) => {
  window.postMessage({ type: channels.port }, window.origin, event.ports);
});

contextBridge.exposeInMainWorld('posBench', host);
