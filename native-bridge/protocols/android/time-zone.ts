/**
 * The time zone. A shell may not write its property; the alarm service does, which tells every app.
 *
 * The service's shell command, and the shell's permission to set the zone, are there since Android 9
 * (AOSP, AlarmManagerService.ShellCmd; packages/Shell/AndroidManifest.xml of 7.1 has no
 * SET_TIME_ZONE, that of 9 has). It prints nothing; what failed it prints on its output, with exit
 * code 255. A zone that Android does not know becomes GMT, without a word.
 */

export const TIME_ZONE_PROPERTY = 'persist.sys.timezone';
export const TIME_ZONE_API_LEVEL = 28;

export function timeZoneCommand(zone: string): readonly string[] {
  return ['cmd', 'alarm', 'set-timezone', zone];
}
