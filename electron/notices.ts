/**
 * What the window says when long work has ended reaches whoever is not looking at it. Clicked, the
 * window comes to the front, and the page is told which it was.
 */
import { Notification, type BrowserWindow } from 'electron';
import type { z } from 'zod';
import { channels } from './channel-names.ts';
import type { noticeSchema } from './channels.ts';

type Notice = z.infer<typeof noticeSchema>;

export class Notices {
  /** One that is collected as garbage hears no click. */
  readonly #shown = new Set<Notification>();
  readonly #window: BrowserWindow;
  readonly #icon: string;
  readonly #wanted: () => boolean;

  constructor(window: BrowserWindow, icon: string, wanted: () => boolean) {
    this.#window = window;
    this.#icon = icon;
    this.#wanted = wanted;
    window.on('focus', () => this.#putAway());
  }

  show(notice: Notice): void {
    if (!this.#wanted() || this.#window.isFocused()) return;
    const { title, text } = notice;
    const notification = new Notification({ title, body: text, icon: this.#icon });
    this.#shown.add(notification);
    notification.on('click', () => {
      this.#shown.delete(notification);
      show(this.#window);
      this.#window.webContents.send(channels.noticeChosen, notice);
    });
    notification.on('close', () => this.#shown.delete(notification));
    notification.on('failed', () => this.#shown.delete(notification));
    notification.show();
  }

  /** Who looks at the window needs none of them any more. */
  #putAway(): void {
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
  }
}

export function show(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
