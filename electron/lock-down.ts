/** What no page of this app may do, whoever wrote it: leave, open windows, ask for permissions. */
import { app, session } from 'electron';
import { startPage } from './app-protocol.ts';

export function lockDown(): void {
  // A click on a value copies it; nothing else is asked for.
  const mayCopy = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(mayCopy(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => mayCopy(permission));
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
