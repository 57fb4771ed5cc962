/** The window: sandboxed, isolated, where it stood last time. */
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { z } from 'zod';
import { startPage } from './app-protocol.ts';
import { Stored } from './stored.ts';

const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  maximized: z.boolean(),
});
type Place = z.infer<typeof placeSchema>;

/** The smallest size at which nothing scrolls sideways. */
const smallest = { width: 1024, height: 640 };
const usual = { width: 1280, height: 800 };
/** The two themes' background, so that the first frame does not flash. */
const background = { light: '#ffffff', dark: '#15181c' };

export interface WindowOptions {
  readonly title: string;
  readonly preload: string;
  readonly icon: string;
  /** Where its place is remembered. */
  readonly stateFolder: string;
  /** How much larger than usual everything is shown. */
  readonly zoomFactor: () => number;
}

export function openWindow(options: WindowOptions): BrowserWindow {
  const { title, preload, icon, stateFolder, zoomFactor } = options;
  const file = join(stateFolder, 'window.json');
  const stored = new Stored<Place | null>(file, placeSchema.nullable(), null);
  const place = stored.value;
  const window = new BrowserWindow({
    ...(place !== null && isOnAScreen(place) ? boundsOf(place) : usual),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title,
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      zoomFactor: zoomFactor(),
    },
  });
  // A page that is loaded again would be shown as large as the one before it was.
  window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(zoomFactor()));
  // The title is the host's, in the chosen language, not the page's.
  window.on('page-title-updated', (event) => event.preventDefault());
  if (place?.maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    stored.set({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  void window.loadURL(startPage);
  return window;
}

function boundsOf({ x, y, width, height }: Place) {
  return { x, y, width, height };
}

/** A screen may have gone since; the title bar has to be where a hand can reach it. */
function isOnAScreen(place: Place): boolean {
  const { workArea } = screen.getDisplayMatching(boundsOf(place));
  return (
    place.y >= workArea.y &&
    place.y < workArea.y + workArea.height - 40 &&
    place.x + place.width > workArea.x + 80 &&
    place.x < workArea.x + workArea.width - 80
  );
}
