/** What no page of this app may do, whoever wrote it: leave, open windows, ask for permissions. */
import { app, session } from 'electron';
import { startPage } from './app-protocol.ts';

export function lockDown(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) =>
    decide(false),
  );
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // Also asked for a reload, which stays where it is.
    contents.on('will-frame-navigate', (event) => {
      if (event.url !== startPage || !event.isMainFrame) event.preventDefault();
    });
    contents.session.on('will-download', (event) => event.preventDefault());
  });
}
