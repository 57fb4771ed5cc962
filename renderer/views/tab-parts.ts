/** The views of a terminal: each is loaded when it is opened, or before (parts.ts). */
export const tabParts = {
  overview: () => import('./overview.svelte'),
  diagnosis: () => import('./diagnosis.svelte'),
  settings: () => import('./settings.svelte'),
  apps: () => import('./apps.svelte'),
  firmware: () => import('./firmware.svelte'),
  qr: () => import('./qr.svelte'),
  scanner: () => import('./scanner.svelte'),
  console: () => import('./console.svelte'),
} as const;
