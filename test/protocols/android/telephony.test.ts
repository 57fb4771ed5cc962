import { describe, expect, it } from 'vitest';
import { parseSim } from '../../../native-bridge/protocols/android/sim.ts';
import { parseTelephony } from '../../../native-bridge/protocols/android/telephony.ts';

interface Registration {
  readonly domain?: string;
  readonly transport?: string;
  readonly state?: string;
  readonly roaming?: string;
}

const registration = ({
  domain = 'PS',
  transport = 'WWAN',
  state = 'HOME',
  roaming = 'NOT_ROAMING',
}: Registration = {}) =>
  `NetworkRegistrationInfo{ domain=${domain} transportType=${transport} registrationState=${state} ` +
  `roamingType=${roaming} accessNetworkTechnology=LTE rejectCause=0}`;

const service = (...registrations: readonly string[]) =>
  `mServiceState={mVoiceRegState=1(OUT_OF_SERVICE), mDataRegState=0(IN_SERVICE), mOperatorAlphaLong=Smith, Inc & Co, ` +
  `mOperatorAlphaShort=SIC, isManualNetworkSelection=false, mNetworkRegistrationInfos=[${registrations.join(', ')}], mX=1}`;

const lte = (values: string) =>
  `mSignalStrength=SignalStrength:{mCdma=CellSignalStrengthCdma: cdmaDbm=2147483647,mLte=CellSignalStrengthLte: ${values},` +
  `mNr=CellSignalStrengthNr:{ ssRsrp = 2147483647 ssSinr = 2147483647 level = 0 },primary=CellSignalStrengthLte}`;

const phone = (id: number, ...lines: readonly string[]) =>
  [`  Phone Id=${id}`, ...lines.map((line) => `    ${line}`)].join('\n');
const dump = (...phones: readonly string[]) =>
  ['last known state:', ...phones, 'local logs:', `  mServiceState={mDataRegState=1(X)}`].join(
    '\n',
  );

describe('dumpsys telephony.registry', () => {
  it('is read', () => {
    const text = dump(
      phone(
        0,
        service(registration()),
        lte('rssi=-61 rsrp=-97 rsrq=-11 rssnr=14 cqi=9 level=3 parametersUseForLevel=0'),
        'mDataConnectionState=2',
      ),
    );
    expect(parseTelephony(text)).toEqual({
      registered: true,
      operator: 'Smith, Inc & Co',
      roaming: false,
      networkType: 'LTE',
      rsrpDbm: -97,
      sinrDb: 14,
      dataConnected: true,
    });
  });

  it('is not registered over the mobile network where only calls over Wi-Fi are', () => {
    const text = dump(
      phone(
        0,
        service(registration({ transport: 'WLAN' }), registration({ state: 'NOT_REG_SEARCHING' })),
      ),
    );
    expect(parseTelephony(text)).toMatchObject({
      registered: false,
      operator: '',
      networkType: '',
    });
  });

  it('is roaming by type or by state', () => {
    const roaming = (change: Registration) =>
      parseTelephony(dump(phone(0, service(registration(change))))).roaming;
    expect(roaming({ state: 'ROAMING', roaming: 'INTERNATIONAL' })).toBe(true);
    expect(roaming({ state: 'HOME', roaming: 'NOT_ROAMING' })).toBe(false);
  });

  it('of two phones counts the one with the data connection, else the one that is registered', () => {
    const idle = phone(0, service(registration({ state: 'DENIED' })), 'mDataConnectionState=0');
    const good = lte('rsrp=-90 rssnr=10 parametersUseForLevel=0');
    expect(parseTelephony(dump(idle, phone(1, service(registration()), good)))).toMatchObject({
      registered: true,
      rsrpDbm: -90,
    });
    const first = phone(0, service(registration()), 'mDataConnectionState=0');
    const second = phone(
      1,
      service(registration({ state: 'ROAMING' })),
      good,
      'mDataConnectionState=2',
    );
    expect(parseTelephony(dump(first, second))).toMatchObject({
      dataConnected: true,
      rsrpDbm: -90,
    });
  });

  it('has 2147483647 for what is not known', () => {
    const text = dump(
      phone(0, lte('rsrp=2147483647 rsrq=-10 rssnr=2147483647 parametersUseForLevel=0')),
    );
    expect(parseTelephony(text)).toMatchObject({ rsrpDbm: null, sinrDb: null });
  });

  it('has tenths of noise ratio until Android 10, which small numbers do not show', () => {
    const sinr = (values: string) => parseTelephony(dump(phone(0, lte(values)))).sinrDb;
    expect(sinr('rsrp=-90 rssnr=134 cqi=1')).toBe(13.4);
    expect(sinr('rsrp=-90 rssnr=12 cqi=1')).toBeNull();
  });

  it("tells 5G's signal where that is in use", () => {
    const nr =
      'mSignalStrength=SignalStrength:{mLte=CellSignalStrengthLte: rsrp=-120 rssnr=1 parametersUseForLevel=0,' +
      'mNr=CellSignalStrengthNr:{ csiRsrp = 2147483647 ssRsrp = -88 ssRsrq = -11 ssSinr = 21 level = 4 },primary=CellSignalStrengthNr}';
    expect(parseTelephony(dump(phone(0, nr)))).toMatchObject({ rsrpDbm: -88, sinrDb: 21 });
  });

  it('has no such signal on older networks', () => {
    const gsm = lte('rsrp=-90 rssnr=10 parametersUseForLevel=0').replace(
      /primary=\w+/,
      'primary=CellSignalStrengthGsm',
    );
    expect(parseTelephony(dump(phone(0, gsm)))).toMatchObject({ rsrpDbm: null, sinrDb: null });
  });

  it('is read as Android 7 to 9 print it, with what has no border left unknown', () => {
    const old = dump(
      phone(
        0,
        'mServiceState=0 0 voice home data home CMCC CMCC 46000 CMCC CMCC 46000  LTE LTE CSS not supported -1 -1',
        'mSignalStrength=SignalStrength: 99 0 -120 -160 -120 -160 -1 30 -101 -9 162 2147483647 2147483647 gsm|lte',
        'mDataConnectionState=2',
      ),
    );
    expect(parseTelephony(old)).toEqual({
      registered: true,
      operator: null,
      roaming: false,
      networkType: null,
      rsrpDbm: -101,
      sinrDb: 16.2,
      dataConnected: true,
    });
    const nine =
      'mServiceState={mVoiceRegState=0(IN_SERVICE), mDataRegState=0(IN_SERVICE), mDataRoamingType=International Roaming, ' +
      'mVoiceOperatorAlphaLong=Example, mRilDataRadioTechnology=14(LTE), mX=1}';
    expect(parseTelephony(dump(phone(0, nine)))).toMatchObject({
      registered: true,
      operator: 'Example',
      roaming: true,
      networkType: 'LTE',
    });
  });

  it('has the radio off', () => {
    const off = 'mServiceState={mVoiceRegState=3(POWER_OFF), mDataRegState=3(POWER_OFF), mX=1}';
    expect(parseTelephony(dump(phone(0, off))).registered).toBe(false);
  });

  it('has local logs in the same words, which are history', () => {
    expect(
      parseTelephony(`local logs:\n${phone(0, service(registration()))}`).registered,
    ).toBeNull();
  });
});

describe("a SIM's state", () => {
  it.each([
    ['READY', 'ready'],
    ['LOADED,ABSENT', 'ready'],
    ['ABSENT', 'absent'],
    ['ABSENT,ABSENT', 'absent'],
    ['ABSENT,PUK_REQUIRED', 'blocked'],
    ['NETWORK_LOCKED', 'locked'],
    ['PIN_REQUIRED', null],
    ['NOT_READY', null],
    ['', null],
  ])('%j is %s', (text, sim) => {
    expect(parseSim(`${text}\n`)).toEqual({ sim });
  });
});
