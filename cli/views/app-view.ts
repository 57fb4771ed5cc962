/** Apps: what a file is and what speaks against it, how installing ended, what a terminal has. */
import type {
  AppInspection,
  AppResult,
  AppRole,
  InstalledApp,
} from '../../native-bridge/contract/app.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import { snakeOfKebab } from '../../native-bridge/wording/catalogue.ts';
import {
  cleanText,
  faultWords,
  formatBytes,
  say,
  words,
} from '../../native-bridge/wording/index.ts';
import { table } from '../output/table.ts';
import type { ViewOptions } from './diagnosis-view.ts';
import { pairs, type Pair } from './pairs.ts';

export function appPlanView(plan: AppInspection, options: ViewOptions): string {
  const { locale, style, columns } = options;
  const line = (sign: string, { text, code, allowable }: AppInspection['blockers'][number]) =>
    `  ${sign} ${say(text, locale)}${allowable ? style.dim(` (--allow ${code})`) : ''}`;
  return [
    pairs(planPairs(plan, options), columns, style),
    ...plan.blockers.map((blocker) => line(style.red('✕'), blocker)),
    ...plan.warnings.map((warning) => line(style.yellow('▲'), warning)),
  ].join('\n');
}

function planPairs(plan: AppInspection, { locale }: ViewOptions): Pair[] {
  const { app, installed, terminalId, role, undo } = plan;
  const { signature } = app;
  const signers = signature?.certificates ?? [];
  const list: Pair[] = [
    [words('cli_app_package', {}, locale), app.packageName ?? '–'],
    [words('cli_app_version', {}, locale), versionOf(app, locale)],
    [words('cli_image_size', {}, locale), formatBytes(app.sizeBytes, locale)],
    [
      words('cli_image_signature', {}, locale),
      words(`apps_signature_${snakeOfKebab(signature?.state ?? 'unsigned')}`, {}, locale),
    ],
    [words('cli_app_signer', {}, locale), signers.length > 0 ? signers.join(', ') : '–'],
    [words('cli_image_file_hash', {}, locale), app.fileSha256],
  ];
  if (terminalId === null) return list;
  list.push(
    [words('cli_app_role', {}, locale), roleText(role, locale)],
    [words('cli_app_installed', {}, locale), installedText(installed, locale)],
  );
  if (installed !== null && installed.signerHashes.length > 0) {
    list.push([words('cli_app_installed_signer', {}, locale), installed.signerHashes.join(', ')]);
  }
  if (undo !== null) list.push([words('cli_app_undo', {}, locale), say(undo, locale)]);
  return list;
}

export function appResultView(app: AppResult, { locale, style }: ViewOptions): string {
  const { verdict, state, next, undo, fault, allowed } = app;
  const sign = verdict === 'done' ? style.green('✓') : style.red('✕');
  const ended = words(`app_verdict_${snakeOfKebab(verdict)}`, {}, locale);
  return [
    `${sign} ${style.bold(ended)}`,
    `  ${say(state, locale)}`,
    ...(fault === null ? [] : [`  ${faultWords(fault, locale, 'shell').what}`]),
    ...(allowed.length > 0 ? [`  ${words('cli_flash_allowed', { allowed }, locale)}`] : []),
    ...(undo === null ? [] : [`  ${say(undo, locale)}`]),
    `→ ${say(next, locale)}`,
  ].join('\n');
}

export function appListView(
  { apps, others }: Result<'listApps'>,
  { locale, style, columns }: ViewOptions,
): string {
  const rows = apps.map(({ packageName, role, installed, state, oldestAdmitted }) => [
    roleText(role, locale),
    packageName,
    installed === null ? '–' : versionOf(installed, locale),
    stateText(state, oldestAdmitted, { locale, style }),
  ]);
  const head = [
    words('cli_app_role', {}, locale),
    words('cli_app_package', {}, locale),
    words('cli_app_version', {}, locale),
    words('cli_app_state', {}, locale),
  ];
  return [
    rows.length > 0
      ? table(rows, { columns, head, keep: [1], dim: style.dim })
      : words('cli_app_none_named', {}, locale),
    others === null
      ? words('cli_app_others_unknown', {}, locale)
      : words('cli_app_others', { count: others }, locale),
  ].join('\n');
}

function stateText(
  state: Result<'listApps'>['apps'][number]['state'],
  oldest: string | null,
  { locale, style }: Pick<ViewOptions, 'locale' | 'style'>,
): string {
  const text = words(`app_state_${state}`, {}, locale);
  if (state === 'installed') return text;
  const why = state === 'old' && oldest !== null;
  const more = why ? ` · ${words('cli_app_oldest', { version: oldest }, locale)}` : '';
  return style.red(`✕ ${text}${more}`);
}

const roleText = (role: AppRole, locale: ViewOptions['locale']): string =>
  words(`cli_app_role_${role ?? 'none'}`, {}, locale);

function installedText(app: InstalledApp | null, locale: ViewOptions['locale']): string {
  return app === null ? words('apps_none', {}, locale) : versionOf(app, locale);
}

function versionOf(
  { versionName, versionCode }: Pick<InstalledApp, 'versionName' | 'versionCode'>,
  locale: ViewOptions['locale'],
): string {
  const name = cleanText(versionName ?? '–', 80);
  return words('apps_version', { name, code: String(versionCode ?? '–') }, locale);
}
