/** Language, theme, size of the text and the like: kept by the host, applied at once, without a reload. */
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import { loadWords } from '../../native-bridge/wording/index.ts';
import type { PreferencesChange, StoredPreferences } from '../host.d.ts';
import { partFault } from './part-fault.ts';

export type ThemeChoice = StoredPreferences['theme'];
export type TextSize = StoredPreferences['textSizePercent'];

export const textSizes: readonly TextSize[] = [100, 125, 150];

export class Preferences {
  locale = $state<Locale>(navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  themeChoice = $state<ThemeChoice>('system');
  /** Exercises that were done to their end. */
  exercisesDone = $state.raw<readonly string[]>([]);
  /** The host makes the page larger; nothing here multiplies with it. */
  textSize = $state<TextSize>(100);
  notifications = $state(true);
  updates = $state(false);
  /** Why the language that was asked for is not the one that is shown. */
  localeFault = $state.raw<Fault | null>(null);
  #systemDark = $state(false);

  get theme(): 'light' | 'dark' {
    if (this.themeChoice !== 'system') return this.themeChoice;
    return this.#systemDark ? 'dark' : 'light';
  }

  /** Returns what was looked at when the window was closed. */
  async load(): Promise<StoredPreferences['lastView']> {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = dark.matches;
    dark.addEventListener('change', (event) => {
      this.#systemDark = event.matches;
      this.#apply();
    });
    const stored = await window.posBench.preferences.get();
    if (stored.locale !== null) this.locale = stored.locale;
    this.themeChoice = stored.theme;
    this.exercisesDone = stored.exercisesDone;
    this.textSize = stored.textSizePercent;
    this.notifications = stored.notifications;
    this.updates = stored.updates;
    this.#apply();
    return stored.lastView;
  }

  async setLocale(locale: Locale): Promise<void> {
    try {
      await loadWords(locale);
    } catch (error) {
      this.localeFault = partFault(error);
      return;
    }
    this.localeFault = null;
    this.locale = locale;
    this.#keep({ locale });
  }

  setTheme(theme: ThemeChoice): void {
    this.themeChoice = theme;
    this.#keep({ theme });
  }

  addExercise(id: string): void {
    if (this.exercisesDone.includes(id)) return;
    this.exercisesDone = [...this.exercisesDone, id];
    this.#keep({ exercisesDone: [...this.exercisesDone] });
  }

  setTextSize(textSizePercent: TextSize): void {
    this.textSize = textSizePercent;
    this.#keep({ textSizePercent });
  }

  /** The next larger or smaller one, where there is one. */
  stepTextSize(by: 1 | -1): void {
    const next = textSizes[textSizes.indexOf(this.textSize) + by];
    if (next !== undefined) this.setTextSize(next);
  }

  setNotifications(notifications: boolean): void {
    this.notifications = notifications;
    this.#keep({ notifications });
  }

  setUpdates(updates: boolean): void {
    this.updates = updates;
    this.#keep({ updates });
  }

  keepLastView(lastView: NonNullable<StoredPreferences['lastView']>): void {
    this.#keep({ lastView });
  }

  #keep(change: PreferencesChange): void {
    this.#apply();
    window.posBench.preferences.set(change).catch((error: unknown) => console.error(error));
  }

  #apply(): void {
    document.documentElement.lang = this.locale;
    document.documentElement.dataset['theme'] = this.theme;
  }
}

export const preferences = new Preferences();
