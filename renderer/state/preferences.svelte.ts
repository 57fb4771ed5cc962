/** Language and theme: kept by the host, applied at once, without a reload. */
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { StoredPreferences } from '../host.d.ts';

export type ThemeChoice = StoredPreferences['theme'];

export class Preferences {
  locale = $state<Locale>(navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  themeChoice = $state<ThemeChoice>('system');
  /** Exercises that were done to their end. */
  exercisesDone = $state.raw<readonly string[]>([]);
  #systemDark = $state(false);

  get theme(): 'light' | 'dark' {
    if (this.themeChoice !== 'system') return this.themeChoice;
    return this.#systemDark ? 'dark' : 'light';
  }

  async load(): Promise<void> {
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
    this.#apply();
  }

  setLocale(locale: Locale): void {
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

  #keep(change: Partial<StoredPreferences>): void {
    this.#apply();
    window.posBench.preferences.set(change).catch((error: unknown) => console.error(error));
  }

  #apply(): void {
    document.documentElement.lang = this.locale;
    document.documentElement.dataset['theme'] = this.theme;
  }
}

export const preferences = new Preferences();
