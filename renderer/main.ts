/** The window's beginning: preferences first, so that nothing is shown in the wrong language. */
import { mount } from 'svelte';
import { loadWords } from '../native-bridge/wording/index.ts';
import App from './app.svelte';
import './look/tokens.css';
import './look/base.css';
import { bench } from './state/bench.svelte.ts';
import { clock } from './state/clock.svelte.ts';
import { listenToKeys } from './state/keyboard.ts';
import { rememberView } from './state/last-view.svelte.ts';
import { notices } from './state/notices.svelte.ts';
import { preferences } from './state/preferences.svelte.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('no #app in the page');
// The host starts Chromium in the chosen language: nearly always it is known before the preferences are.
loadWords(preferences.locale).catch(() => undefined);
const lastView = await preferences.load();
const wordsLoaded = loadWords(preferences.locale);
rememberView(lastView);
// The bridge answers while the words are read.
bench.start();
await wordsLoaded;
clock.start(() => window.posBench.uptimeMs());
listenToKeys();
notices.listen();
bench.begun.tell((kinds) => window.posBench.begun(kinds));
mount(App, { target });
