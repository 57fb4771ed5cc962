/** Shorter dumps. */
import { vendorStatus } from '../device/vendor-status.ts';
import type { Device } from '../device/device.ts';
import { lines } from '../shell/command.ts';

/** Android 7 writes pairs with colons, later ones a tree. */
export function usb({ model }: Device): string {
  if (model.firmware.sdk < 28) {
    return lines(
      'USB Manager State:',
      '  USB Device State:',
      '    mCurrentFunctions: adb',
      '    mCurrentFunctionsApplied: true',
      '    mConnected: true',
      '    mConfigured: true',
      '    mUsbDataUnlocked: false',
      '    mCurrentAccessory: null',
      '    mHostConnected: false',
      '    mSourcePower: false',
      '    mUsbCharging: true',
      '    Kernel state: CONFIGURED',
      '    Kernel function list: adb',
      '  USB Port State:',
      '    <no ports>',
    );
  }
  return lines(
    'USB MANAGER STATE (dumpsys usb):',
    '{',
    '  device_manager={',
    '    handler={',
    '      current_functions=0',
    '      current_functions_applied=true',
    '      screen_locked=false',
    '      connected=true',
    '      configured=true',
    '      host_connected=false',
    '      source_power=false',
    '      sink_power=true',
    '      usb_charging=true',
    '      kernel_state=CONFIGURED',
    '      kernel_function_list=ffs.adb',
    '    }',
    '  }',
    '  port_manager={',
    '    is_simulation_active=false',
    '    usb_ports={',
    '      port={',
    '        id=port0',
    '        supported_modes=dual',
    '      }',
    '      status={',
    '        connected=true',
    '        current_mode=ufp',
    '        power_role=sink',
    '        data_role=device',
    '      }',
    '    }',
    '  }',
    '}',
  );
}

export function networkTime({ clock, settings: { tables }, network }: Device): string {
  const fresh = tables.global.get('auto_time') === '1' && network.resolves;
  const last = fresh
    ? `NTP cache age: ${Math.round(clock.uptimeMs % 86_400_000)}\nNTP cache certainty: 24\n`
    : 'NTP cache age: 9223372036854775807\nNTP cache certainty: 9223372036854775807\n';
  return `PollingIntervalMs: +1d0h0m0s0ms\nPollingIntervalShorterMs: +1m0s0ms\nTryAgainTimesMax: 3\nTimeErrorThresholdMs: +5s0ms\nTryAgainCounter: 0\n${last}\n`;
}

export function timeDetector({ clock, settings: { tables }, network }: Device): string {
  const automatic = tables.global.get('auto_time') === '1';
  const fresh = automatic && network.resolves;
  const suggestion = fresh
    ? `NetworkTimeSuggestion{mUnixEpochTime=UnixEpochTime{mElapsedRealtimeMillis=${Math.round(clock.uptimeMs)}, mUnixEpochTimeMillis=${clock.nowMs}}, mUncertaintyMillis=24, mDebugInfo=[]}`
    : 'null';
  return lines(
    'TimeDetectorStrategy:',
    '  mLastAutoSystemClockTimeSet=null',
    `  mEnvironment.isAutoTimeDetectionEnabled()=${automatic}`,
    `  mEnvironment.elapsedRealtimeMillis()=${Math.round(clock.uptimeMs)}`,
    `  mEnvironment.systemClockMillis()=${clock.nowMs}`,
    '  Time change log:',
    '  Network suggestion history:',
    `    ${suggestion}`,
  );
}

/** `whitelist` alone: each app as KIND,PACKAGE,UID. */
export function deviceIdle(device: Device, [verb]: readonly string[]): string {
  return verb === 'whitelist' ? exemptApps(device) : idleState(device);
}

function exemptApps({ exempt, packages }: Device): string {
  const users = [...exempt].map((name) => `user,${name},${packages.get(name)?.userId ?? 0}`);
  return lines('system-excidle,com.android.shell,2000', 'system,com.android.shell,2000', ...users);
}

function idleState({ exempt, packages }: Device): string {
  const ids = [...exempt].map((name) => String(packages.get(name)?.userId ?? 0));
  return lines(
    '  Settings:',
    '    inactive_to=+30m0s0ms',
    '    idle_to=+1h0m0s0ms',
    '  Whitelist (except idle) system apps:',
    '    com.android.shell',
    '  Whitelist system apps:',
    '    com.android.shell',
    '  Whitelist user apps:',
    ...[...exempt].map((name) => `    ${name}`),
    '  Whitelist all app ids:',
    '    2000',
    ...ids.map((id) => `    ${id}`),
    '  mLightEnabled=true  mDeepEnabled=true',
    '  mForceIdle=false',
    '  mScreenOn=true',
    '  mCharging=true',
    '  mState=ACTIVE mLightState=ACTIVE',
  );
}

export function vpnManagement({ vpn }: Device): string {
  if (vpn.alwaysOn === null && vpn.up === null) return 'VPNs:\n  0: null\n';
  const owner = vpn.up ?? vpn.alwaysOn ?? '';
  return lines(
    'VPNs:',
    `  0: ${owner}`,
    ...(vpn.up === null ? [] : [`    Active package name: ${owner}`, '    Active vpn type: 1']),
    '    mEventChanges (most recent first):',
    `      2026-05-03T08:11:02 - [LockdownAlwaysOn] Mode changed: lockdown=${vpn.lockdown} alwaysOn=${vpn.alwaysOn !== null} calling from 1000`,
  );
}

export function diskStats({ model, freeBytes }: Device): string {
  const row = (name: string, free: number, total: number): string =>
    `${name}-Free: ${free}K / ${total}K total = ${Math.floor((free * 100) / total)}% free`;
  const total = Math.floor(model.dataBytes / 1024);
  const free = Math.floor(freeBytes / 1024);
  return lines(
    'Latency: 1ms [512B Data Write]',
    row('Data', free, total),
    row('Cache', free, total),
    row('System', 413_416, 1_515_760),
  );
}

/** The vendor's service, where there is one. */
export function vendorDump(device: Device): string {
  const rows = Object.entries(vendorStatus(device)).map(([key, value]) => `  ${key}: ${value}`);
  return lines('PBE terminal service:', ...rows);
}

export function alarm({ clock, zone }: Device): string {
  return lines('Current Alarm Manager state:', `  nowRTC=${clock.nowMs}`, `  zone=${zone}`);
}

/** An owner is named where there is one; the rest is each admin's policies. */
export function devicePolicy({ faults }: Device): string {
  const owner = faults.has('proxy-managed')
    ? [
        '  Device Owner: ',
        '    admin=ComponentInfo{net.shopmdm.agent/net.shopmdm.agent.AdminReceiver}',
        '    name=ShopMDM',
        '    package=net.shopmdm.agent',
        '    User ID: 0',
        '',
      ]
    : [];
  return lines(
    'Current Device Policy Manager state:',
    ...owner,
    '  Encryption Status: per-user',
    '  Logout button policy: 0',
  );
}
