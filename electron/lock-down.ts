/** What no page of this app may do, whoever wrote it: leave, open windows, ask for permissions. */
import { app, session, type Session } from 'electron';
import { startPage } from './app-protocol.ts';
import type { Camera } from './camera.ts';

interface MediaDetails {
  readonly mediaTypes?: readonly string[];
  readonly mediaType?: string;
}

export function lockDown(camera: Camera): void {
  // A click on a value copies it; the inspector of codes looks through the camera, and hears nothing.
  const may = (permission: string, details: object): boolean => {
    if (permission === 'clipboard-sanitized-write') return true;
    const { mediaTypes, mediaType }: MediaDetails = details;
    const asked = mediaTypes ?? (mediaType === undefined ? [] : [mediaType]);
    return permission === 'media' && camera.isOpen && asked.join() === 'video';
  };
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(may(permission, details)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission, _origin, details) =>
    may(permission, details),
  );
  session.defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // Also asked for a reload, which stays where it is.
    contents.on('will-frame-navigate', (event) => {
      if (event.url !== startPage || !event.isMainFrame) event.preventDefault();
    });
    refuseDownloads(contents.session);
  });
}

/** Several pages share a session: it is told once. */
const refusing = new WeakSet<Session>();

function refuseDownloads(of: Session): void {
  if (refusing.has(of)) return;
  refusing.add(of);
  of.on('will-download', (event) => event.preventDefault());
}
