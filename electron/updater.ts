/**
 * electron-updater, bundled apart and loaded only where it is wanted. Where it asks is fixed in the
 * package (resources/app-update.yml, written by build/package.ts).
 */
import electronUpdater from 'electron-updater';
import type { Updater } from './updates.ts';

const { autoUpdater, CancellationToken } = electronUpdater;

export function openUpdater(): Updater {
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  // What fails is thrown as well; as an event nobody hears it would end the program.
  autoUpdater.on('error', () => undefined);
  return {
    check: async () => {
      const found = await autoUpdater.checkForUpdates();
      // So it is where the package was unpacked by hand, or the system's own installer put it here.
      if (found === null) throw new Error('this installation is not updated by the program');
      return found.isUpdateAvailable ? found.updateInfo.version : null;
    },
    download: async (signal) => {
      const token = new CancellationToken();
      signal.addEventListener('abort', () => token.cancel(), { once: true });
      if (signal.aborted) token.cancel();
      await autoUpdater.downloadUpdate(token);
    },
    install: () => autoUpdater.quitAndInstall(false, true),
  };
}
