/**
 * Real outputs of real terminals and phones, and what a person reads in them. The folder is not
 * part of this project: without it these tests are left out.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  androidDumps,
  decodeText,
  parseGetprop,
  parsePackageList,
  parseSettingsList,
  type AndroidDumpName,
} from '../../../native-bridge/protocols/android/index.ts';
import { samplesFolder } from '../../support/samples.ts';

const folder = samplesFolder();
const android = join(folder ?? '', 'android');
const textOf = (file: string) => decodeText(readFileSync(join(android, file)));
const fieldsOf = (name: AndroidDumpName, file: string) =>
  Object.fromEntries(androidDumps[name].parse(textOf(file)));

type Expected = Readonly<Record<string, string | null>>;

/** null in place of the fields: not one of them is known. */
const expected: readonly (readonly [AndroidDumpName, string, Expected | null])[] = [
  [
    'battery',
    'battery/dragon_pixelc_syzkaller79.txt',
    {
      levelPercent: '19',
      charging: 'true',
      celsius: '27.5',
      millivolts: '3764',
      health: 'good',
      technology: 'Li-ion',
      updatesStopped: 'false',
    },
  ],
  [
    'battery',
    'battery/gekko_battery_aosp.txt',
    { levelPercent: '80', celsius: '30', millivolts: '4000' },
  ],
  [
    'battery',
    'battery/gekko_battery_miui.txt',
    { levelPercent: '60', millivolts: '4100', charging: 'true' },
  ],
  [
    'battery',
    'battery/generic_clusterfuzz4327.txt',
    {
      levelPercent: '80',
      charging: 'false',
      status: 'not-charging',
      health: 'overheat',
      celsius: '18',
    },
  ],
  [
    'battery',
    'battery/oneplus7_los20_acc195_battery.txt',
    { levelPercent: '77', charging: 'false', powered: 'false', status: 'discharging' },
  ],
  [
    'battery',
    'battery/pixel_sailfish_a10_battery.txt',
    {
      levelPercent: '100',
      status: 'full',
      charging: 'false',
      powered: 'true',
      celsius: '26.2',
      millivolts: '4401',
    },
  ],
  [
    'battery',
    'battery/qin_f21pro_a14_dumberos178.txt',
    { levelPercent: '79', status: 'charging', charging: 'true', celsius: '27.8' },
  ],
  [
    'battery',
    'battery/samsung_s_gh0st6.txt',
    { levelPercent: '84', millivolts: '4063', celsius: '32.6', technology: 'Li-ion' },
  ],
  [
    'battery',
    'battery/updates_stopped_emulator_barista.txt',
    { updatesStopped: 'true', levelPercent: '100' },
  ],
  [
    'battery',
    'battery/xiaomi_hyperos3_redminote14_amply52.txt',
    { levelPercent: '80', millivolts: '4228', celsius: '36.4', technology: 'Li-poly' },
  ],
  ['battery', 'battery/xiaomi14_intent_extras_syncthing58_part.txt', null],
  ['battery', 'battery/crl_expected_33464875243.txt', null],
  ['battery', 'battery/gekko_expected.txt', null],
  [
    'power-supply',
    'uevent/intel_batc_charging_brunch117.txt',
    {
      cycleCount: null,
      chargeFullMicroampHours: '8000000',
      designMicroampHours: '8000000',
      health: null,
    },
  ],
  ['power-supply', 'uevent/motorola_xt1072_logcat_uevent.txt', null],
  ['power-supply', 'uevent/oneplus7_los20_acc195_merged_part.txt', null],
  [
    'connectivity',
    'connectivity/allwinner_projector_connectivity.txt',
    {
      link: 'wifi',
      internet: 'true',
      validated: 'true',
      captivePortal: 'false',
      partial: 'false',
      interfaceName: 'wlan0',
      address: '192.168.0.106',
      gateway: '192.168.0.1',
      dns: '192.168.0.1',
      privateDnsMode: null,
      privateDnsHost: '',
      proxy: '',
      vpnUp: 'false',
      vpnPackage: '',
    },
  ],
  [
    'connectivity',
    'connectivity/pixel_sailfish_a10_connectivity.txt',
    { link: 'none', validated: '', address: '', gateway: '', dns: '', vpnUp: 'false' },
  ],
  [
    'connectivity',
    'connectivity/pixel_sailfish_a10_connectivity_2.txt',
    { link: 'none', address: '', vpnUp: 'false' },
  ],
  ['connectivity', 'connectivity/capabilities_vpn_tempus90.txt', null],
  ['connectivity', 'connectivity/htc_evo_a22_connectivity.txt', null],
  ['connectivity', 'connectivity/permission_denial_no_dump.txt', null],
  ['connectivity', 'wifi/crdroid_conn_agent_wifi469_logcat.txt', null],
  ['vpn', 'vpn/legacy_placeholder_koreandumpstate.txt', { up: 'false', package: '' }],
  ['vpn', 'vpn/sfa_android17_fresh.txt', { up: null, package: '' }],
  ['vpn', 'vpn/sfa_android17_lockdown_on.txt', { up: null, package: 'io.nekohasekai.sfa' }],
  ['vpn', 'vpn/sfa_android17_lockdown_off.txt', { up: null, package: 'io.nekohasekai.sfa' }],
  ['vpn', 'vpn/adaway_quotes.txt', null],
  [
    'wifi',
    'wifi/pixel_sailfish_a10_wifi.txt',
    { enabled: 'false', joined: 'false', ssid: '', rssiDbm: '', security: '' },
  ],
  [
    'wifi',
    'wifi/wsa57_mWifiInfo_pixel.txt',
    {
      enabled: null,
      joined: 'true',
      ssid: 'My Network',
      rssiDbm: '-27',
      linkMbps: '1020',
      frequencyMhz: '5745',
      security: 'psk',
    },
  ],
  [
    'wifi',
    'wifi/wsa57_mWifiInfo_wsa.txt',
    {
      joined: 'true',
      ssid: 'My Network',
      rssiDbm: '-50',
      linkMbps: '500',
      frequencyMhz: '5745',
      security: 'psk',
    },
  ],
  ['wifi', 'wifi/permission_denial_no_dump.txt', null],
  [
    'wifi-status',
    'wifi/cmd_wifi_status_not_connected_a16.txt',
    { enabled: 'true', joined: 'false', ssid: '', rssiDbm: '' },
  ],
  [
    'wifi-status',
    'wifi/cmd_wifi_status_xiaomi13tpro_a16_part.txt',
    {
      enabled: 'true',
      joined: 'true',
      ssid: 'tst-home',
      rssiDbm: '-57',
      linkMbps: '144',
      frequencyMhz: '2412',
      security: 'psk',
    },
  ],
  ['wifi-status', 'wifi/cmd_wifi_list_scan_results_a16.txt', null],
  ['wifi-status', 'wifi/cmd_wifi_get_allowed_channel_a16.txt', null],
  ['wifi-status', 'wifi/list_scan_results_unnamed_ssid.txt', null],
  [
    'telephony',
    'telephony/pixel_sailfish_a10_telephony_registry.txt',
    {
      registered: 'false',
      operator: '',
      roaming: '',
      networkType: '',
      rsrpDbm: null,
      sinrDb: null,
      dataConnected: null,
    },
  ],
  [
    'telephony',
    'telephony/pixelfold_a17_dualsim_registry_part.txt',
    {
      registered: 'true',
      roaming: 'false',
      networkType: 'LTE',
      rsrpDbm: '-128',
      sinrDb: '-6',
      operator: null,
    },
  ],
  ['telephony', 'telephony/vodafone_uk_roaming_33464875243.txt', null],
  ['telephony', 'telephony/pixel_sailfish_a10_isub.txt', null],
  [
    'package',
    'package/allwinner_projector_com.android.nfx.txt',
    {
      installed: 'true',
      enabled: 'true',
      versionName: 'v1.1.4',
      versionCode: '114',
      firstInstall: '2025-09-12T04:32:22',
      lastUpdate: '2025-09-12T04:32:22',
      signerDigest: 'b4addb29',
    },
  ],
  [
    'package',
    'package/pixel_sailfish_a10_com.android.phone.txt',
    {
      versionName: '10',
      versionCode: '29',
      firstInstall: '2019-12-11T11:35:42',
      lastUpdate: '2020-01-08T15:29:24',
      signerDigest: 'b4addb29',
      enabled: 'true',
    },
  ],
  [
    'package',
    'package/pixel_sailfish_a10_com.android.settings.txt',
    { versionName: '10', versionCode: '29', lastUpdate: '2020-01-08T15:29:32' },
  ],
  [
    'package',
    'package/pixel_sailfish_a10_com.android.shell.txt',
    { versionName: '10', versionCode: '29', lastUpdate: '2020-01-08T15:29:20' },
  ],
  [
    'package',
    'package/pixel_sailfish_a10_com.android.systemui.txt',
    { versionName: '10', versionCode: '29', lastUpdate: '2019-12-11T11:36:11' },
  ],
  [
    'package',
    'package/spytrap_contacts.txt',
    { versionName: '1.7.31', versionCode: '10731', signerDigest: 'ed46f865', enabled: 'true' },
  ],
  [
    'package',
    'package/spytrap_gpstest.txt',
    { versionName: '3.9.16', versionCode: '18093', signerDigest: '8f857bc5' },
  ],
  [
    'package',
    'package/spytrap_jitsi.txt',
    {
      versionName: '21.4.1',
      versionCode: '214010',
      firstInstall: '2021-11-04T20:13:55',
      lastUpdate: '2021-11-04T20:13:58',
      signerDigest: '224eb835',
    },
  ],
  [
    'package',
    'package/spytrap_spylive360.txt',
    {
      versionName: '1.4.0',
      versionCode: '140',
      lastUpdate: '2021-12-15T17:52:55',
      signerDigest: '74831dfd',
    },
  ],
  ['address', 'ip/pixel_sailfish_a10_ipv4_addresses_ip_4_addr_show.txt', { address: '' }],
  ['address', 'ip/pixel_sailfish_a10_ipv6_addresses_ip_6_addr_show.txt', { address: '' }],
  ['address', 'ip/pixel_sailfish_a10_network_interfaces_ip_link.txt', null],
  ['address', 'ip/htc_evo_a22_arp_cache_proc_net_arp.txt', null],
  ['route', 'ip/pixel_sailfish_a10_ip_rules_ip_rule_show.txt', null],
  ['route', 'ip/pixel_sailfish_a10_ip_rules_v6_ip_6_rule_show.txt', null],
  ['route', 'ip/pixel_sailfish_a10_route_table_ipv4_ip_4_route_show_table_1003.txt', null],
  ['route', 'ip/pixel_sailfish_a10_route_table_ipv4_ip_4_route_show_table_255.txt', null],
  ['route', 'ip/pixel_sailfish_a10_route_table_ipv6_ip_6_route_show_table_1003.txt', null],
  ['route', 'ip/pixel_sailfish_a10_route_table_ipv6_ip_6_route_show_table_255.txt', null],
  [
    'storage',
    'df/pixel_sailfish_a10_df.txt',
    { dataFreeBytes: String(20_354_796 * 1024), dataTotalBytes: String(25_497_924 * 1024) },
  ],
  [
    'storage',
    'df/pixel_sailfish_a10_diskstats.txt',
    { dataFreeBytes: String(20_349_932 * 1024), dataTotalBytes: String(25_497_924 * 1024) },
  ],
  [
    'storage',
    'df/htc_evo_a22_diskstats.txt',
    { dataFreeBytes: String(389_536 * 1024), dataTotalBytes: String(437_888 * 1024) },
  ],
  [
    'network-time',
    'network_management/pixel_sailfish_a10_network_time_update_service.txt',
    { ageSeconds: '' },
  ],
  ['network-time', 'network_management/pixel_sailfish_a10_network_management.txt', null],
  ['time-detector', 'network_management/pixel_sailfish_a10_time_detector.txt', null],
  ['uptime', 'misc/pixel_sailfish_a10_uptime.txt', null],
  [
    'usb',
    'usb/pixel_sailfish_a10_usb.txt',
    {
      connected: 'true',
      configured: 'true',
      hostConnected: 'false',
      functions: 'ffs',
      powerRole: 'sink',
      dataRole: 'device',
    },
  ],
  ['usb', 'usb/usbport_log_pixel_foldable_a17.txt', null],
  ['usb', 'usb/usbport_log_xiaomi_host.txt', null],
  [
    'settings-global',
    'settings/lineage_a5_a11_global.txt',
    {
      automaticTime: 'true',
      automaticZone: 'true',
      airplaneMode: 'false',
      privateDnsMode: '',
      proxy: '',
      wifiOn: 'true',
      mobileDataOn: 'false',
    },
  ],
  ['settings-global', 'settings/pixel_sailfish_a10_settings.txt', null],
];

describe.skipIf(folder === null)('a real output', () => {
  it.each(expected)('of %s is read as a person reads it: %s', (name, file, fields) => {
    const read = fieldsOf(name, file);
    if (fields === null) expect(new Set(Object.values(read))).toEqual(new Set([null]));
    else expect(read).toMatchObject(fields);
  });

  it.each([
    ['allwinner_projector_getprop.txt', 'Pixel 3', '14'],
    ['honor_20s_a10.txt', 'YAL-AL50', '10'],
    ['htc_evo_a22_getprop.txt', 'PC36100', '2.2'],
    ['huawei_matepad_a12_padded.txt', 'SCMR-W09', '12'],
    ['meizu_pro5_a70.txt', 'PRO 5', '7.0'],
    ['oppo_a5s_a81.txt', 'CPH1909', '8.1.0'],
    ['pixel_handsonmetal.txt', 'Pixel 8 Pro', '16'],
    ['pixel_sailfish_a10_getprop.txt', 'Pixel', '10'],
    ['redmi_note8pro_a11_mtk.txt', 'Redmi Note 8 Pro', '11'],
    ['samsung_a55_a15.txt', 'SM-A5560', '15'],
    ['samsung_s8_a9_crlf.txt', 'SM-G9500', '9'],
    ['samsung_tabs7p_a13.txt', 'SM-T970', '13'],
    ['smartisan_qc105_a712.txt', 'OC105', '7.1.2'],
    ['xiaomi_12sultra_a15_utf16.txt', '2203121C', '15'],
    ['xiaomi_mi9_a10.txt', 'MI 9', '10'],
  ])('of getprop names the model and the release: %s', (file, model, release) => {
    const properties = parseGetprop(textOf(`getprop/${file}`));
    expect(properties.get('ro.product.model')).toBe(model);
    expect(properties.get('ro.build.version.release')).toBe(release);
    const fingerprint =
      properties.get('ro.build.fingerprint') ?? properties.get('ro.system.build.fingerprint');
    expect(fingerprint).toMatch(/^\S+\/\S+\/\S+:[\d.]+\/\S+\/\S+:\w+\/[\w-]+$/);
  });

  it('of getprop has its value whole where a window broke the lines or the value has several', () => {
    const mi9 = parseGetprop(textOf('getprop/xiaomi_mi9_a10.txt'));
    expect(mi9.get('ro.build.fingerprint')).toBe(
      'Xiaomi/cepheus/cepheus:10/QKQ1.190716.003/9.8.22:user/release-keys',
    );
    const redmi = parseGetprop(textOf('getprop/redmi_note8pro_a11_mtk.txt'));
    expect(redmi.get('persist.sys.boot.reason.history')?.split('\n').length).toBeGreaterThan(2);
  });

  it.each([
    ['allwinner_projector_pm_list_f.txt', 132, 'com.android.systemui'],
    ['gwm_haval_packages.txt', 137, 'com.android.cts.priv.ctsshim'],
    ['pixel_sailfish_a10_package_names_from_dump.txt', 134, 'android'],
  ])('of pm lists every package: %s', (file, count, first) => {
    const packages = parsePackageList(textOf(`pm_list/${file}`));
    expect(packages?.length).toBe(count);
    expect(packages?.[0]?.name).toBe(first);
  });

  it('of settings has every key but those that are not set', () => {
    const global = textOf('settings/lineage_a5_a11_global.txt');
    const set = global.split('\n').filter((line) => line.includes('=') && !line.endsWith('=null'));
    expect(parseSettingsList(global).size).toBe(set.length);
    expect(
      parseSettingsList(textOf('settings/generic_console_system_31383968763.txt')).get(
        'dim_screen',
      ),
    ).toBe('1');
  });

  it('of every command that is read here is among these, or named as left out', () => {
    const rows = readFileSync(join(android, 'INDEX.tsv'), 'utf8').trim().split('\n').slice(1);
    const files = rows
      .map((row) => row.split('\t')[0] ?? '')
      .filter((file) => existsSync(join(android, file)));
    const leftOut =
      /^(?:misc|meminfo|batterystats|checkin|pos_identity|getprop|pm_list|settings)\//;
    const pinned = new Set(expected.map(([, file]) => file));
    expect(files.filter((file) => !leftOut.test(file) && !pinned.has(file))).toEqual([]);
  });
});
