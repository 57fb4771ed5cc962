/** The names alone, for the preload script, which carries no validator. */
export const channels = {
  /** window → host: post me a port to the bridge. */
  requestPort: 'pos-bench:request-port',
  /** host → window: here it is. */
  port: 'pos-bench:port',
  /** host → window: whether the bridge hangs. */
  bridgeSilent: 'pos-bench:bridge-silent',
  endSilentBridge: 'pos-bench:end-silent-bridge',
  openFile: 'pos-bench:open-file',
  droppedFile: 'pos-bench:dropped-file',
  saveText: 'pos-bench:save-text',
  saveBytes: 'pos-bench:save-bytes',
  savePdf: 'pos-bench:save-pdf',
  openCamera: 'pos-bench:open-camera',
  closeCamera: 'pos-bench:close-camera',
  getPreferences: 'pos-bench:get-preferences',
  setPreferences: 'pos-bench:set-preferences',
  notify: 'pos-bench:notify',
  /** host → window: this one was clicked. */
  noticeChosen: 'pos-bench:notice-chosen',
  /** window → host: what would be lost where the window were closed now. */
  begun: 'pos-bench:begun',
  uptime: 'pos-bench:uptime',
  getUpdates: 'pos-bench:get-updates',
  installUpdate: 'pos-bench:install-update',
  /** host → window. */
  updateState: 'pos-bench:update-state',
  getDataFolder: 'pos-bench:get-data-folder',
  openDataFolder: 'pos-bench:open-data-folder',
  moveDataFolder: 'pos-bench:move-data-folder',
} as const;
