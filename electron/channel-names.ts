/** The names alone, for the preload script, which carries no validator. */
export const channels = {
  /** window → host: post me a port to the bridge. */
  requestPort: 'pos-bench:request-port',
  /** host → window: here it is. */
  port: 'pos-bench:port',
  openFile: 'pos-bench:open-file',
  saveText: 'pos-bench:save-text',
  getPreferences: 'pos-bench:get-preferences',
  setPreferences: 'pos-bench:set-preferences',
} as const;
