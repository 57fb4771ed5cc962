/** `dumpsys telephony.registry`: what the radio said last. */
import type { Device } from '../device/device.ts';
import type { CellularState } from '../device/cellular.ts';
import { APN } from '../device/cellular.ts';
import { lines } from '../shell/command.ts';

const UNKNOWN = 2_147_483_647;

export function telephonyRegistry(device: Device): string {
  const { cellular } = device;
  const modern = device.model.firmware.sdk >= 29;
  return lines(
    'last known state:',
    '  Phone Id=0',
    '    mCallState=0',
    ...(modern
      ? ['    mRingingCallState=0', '    mForegroundCallState=0', '    mBackgroundCallState=0']
      : []),
    '    mCallIncomingNumber=',
    `    mServiceState=${modern ? serviceState(cellular) : oldServiceState(cellular)}`,
    ...(modern
      ? [
          '    mVoiceActivationState= 0',
          '    mDataActivationState= 0',
          `    mUserMobileDataState= ${cellular.dataOn}`,
        ]
      : []),
    `    mSignalStrength=${modern ? signalStrength(cellular) : oldSignalStrength(cellular)}`,
    '    mMessageWaiting=false',
    '    mCallForwarding=false',
    '    mDataActivity=0',
    `    mDataConnectionState=${cellular.attached ? 2 : cellular.registered ? 0 : -1}`,
    ...(modern
      ? []
      : [
          `    mDataConnectionPossible=${cellular.registered}`,
          '    mDataConnectionReason=',
          `    mDataConnectionApn=${cellular.attached ? APN : ''}`,
        ]),
    '    mCellLocation=Bundle[{cid=-1, lac=-1, psc=-1}]',
    '    mCellInfo=null',
    ...(modern
      ? [
          '  mPhoneCapability=maxActiveVoiceCalls=1 maxActiveData=1 max5G=0logicalModemList:[modemId=0 rat=0 isVoiceSupported:true isDataSupported:true]',
          '  mRadioPowerState=1',
          '  mDefaultPhoneId=0',
          `  mDefaultSubId=${cellular.sim === 'ABSENT' ? -1 : 1}`,
        ]
      : []),
    'local logs:',
    'registrations: count=2',
    '',
  );
}

function states({ registered, denied, sim }: CellularState): {
  state: string;
  registration: string;
} {
  if (registered) return { state: '0(IN_SERVICE)', registration: 'HOME' };
  const registration = denied || sim === 'NETWORK_LOCKED' ? 'DENIED' : 'NOT_REG_SEARCHING';
  return { state: '1(OUT_OF_SERVICE)', registration };
}

function serviceState(cellular: CellularState): string {
  const { state, registration } = states(cellular);
  const name = cellular.registered ? cellular.operator : '';
  const technology = cellular.registered ? 'LTE' : 'UNKNOWN';
  const info = (domain: string, transport: string): string =>
    `NetworkRegistrationInfo{ domain=${domain} transportType=${transport} registrationState=${registration} roamingType=NOT_ROAMING accessNetworkTechnology=${technology} rejectCause=${cellular.denied ? 7 : 0} emergencyEnabled=${!cellular.registered} availableServices=[${cellular.registered ? 'DATA' : ''}] cellIdentity=null voiceSpecificInfo=null dataSpecificInfo=null nrState=NONE rRplmn=${cellular.registered ? cellular.operatorNumeric : ''} isUsingCarrierAggregation=false}`;
  return `{mVoiceRegState=${state}, mDataRegState=${state}, mChannelNumber=${cellular.registered ? 1300 : -1}, duplexMode()=0, mCellBandwidths=[], mOperatorAlphaLong=${name}, mOperatorAlphaShort=${name}, isManualNetworkSelection=false(automatic), getRilVoiceRadioTechnology=${cellular.registered ? '14(LTE)' : '0(Unknown)'}, getRilDataRadioTechnology=${cellular.registered ? '14(LTE)' : '0(Unknown)'}, mCssIndicator=unsupported, mNetworkId=-1, mSystemId=-1, mCdmaRoamingIndicator=-1, mCdmaDefaultRoamingIndicator=-1, mIsEmergencyOnly=${!cellular.registered}, isUsingCarrierAggregation=false, mArfcnRsrpBoost=0, mNetworkRegistrationInfos=[${info('CS', 'WWAN')}, ${info('PS', 'WWAN')}], mNrFrequencyRange=0, mOperatorAlphaLongRaw=${name}, mOperatorAlphaShortRaw=${name}, mIsDataRoamingFromRegistration=false, mIsIwlanPreferred=false}`;
}

/**
 * Android 7 (ServiceState.toString of 7.1): both states, both ways of roaming, then the operator's long
 * and short name and number for voice and for data, `(manual)` or nothing, both technologies.
 */
function oldServiceState(cellular: CellularState): string {
  const { registered, operator, operatorNumeric } = cellular;
  const state = registered ? '0' : '1';
  const names = registered ? `${operator} ${operator} ${operatorNumeric}` : 'null null null';
  const technology = registered ? 'LTE' : 'Unknown';
  return `${state} ${state} voice home data home ${names} ${names}  ${technology} ${technology} CSS not supported -1 -1 RoamInd=-1 DefRoamInd=-1 EmergOnly=${!registered} IsDataRoamingFromRegistration=false`;
}

function signalStrength({ registered, rsrpDbm, rsrqDb, snrDeciDb }: CellularState): string {
  const lte = registered
    ? `rssi=${rsrpDbm + 27} rsrp=${rsrpDbm} rsrq=${rsrqDb} rssnr=${Math.round(snrDeciDb / 10)} cqiTableIndex=1 cqi=9 ta=${UNKNOWN} level=${rsrpDbm < -110 ? 1 : 4} parametersUseForLevel=0`
    : `rssi=${UNKNOWN} rsrp=${UNKNOWN} rsrq=${UNKNOWN} rssnr=${UNKNOWN} cqiTableIndex=${UNKNOWN} cqi=${UNKNOWN} ta=${UNKNOWN} level=0 parametersUseForLevel=0`;
  return `SignalStrength:{mCdma=CellSignalStrengthCdma: cdmaDbm=${UNKNOWN} cdmaEcio=${UNKNOWN} level=0,mGsm=CellSignalStrengthGsm: rssi=${UNKNOWN} ber=${UNKNOWN} mTa=${UNKNOWN} mLevel=0,mWcdma=CellSignalStrengthWcdma: ss=${UNKNOWN} ber=${UNKNOWN} rscp=${UNKNOWN} ecno=${UNKNOWN} level=0,mLte=CellSignalStrengthLte: ${lte},mNr=CellSignalStrengthNr:{ csiRsrp = ${UNKNOWN} csiRsrq = ${UNKNOWN} ssRsrp = ${UNKNOWN} ssRsrq = ${UNKNOWN} ssSinr = ${UNKNOWN} level = 0 parametersUseForLevel = 0 timingAdvance = ${UNKNOWN} },primary=${registered ? 'CellSignalStrengthLte' : 'CellSignalStrength'}}`;
}

/** Android 7: numbers by position; the eighth to eleventh are LTE's (RSSI, RSRP, RSRQ, SNR). */
function oldSignalStrength({ registered, rsrpDbm, rsrqDb, snrDeciDb }: CellularState): string {
  const lte = registered
    ? `${Math.min(31, Math.max(0, Math.round((rsrpDbm + 140) / 2)))} ${rsrpDbm} ${rsrqDb} ${snrDeciDb} 9`
    : `99 ${UNKNOWN} ${UNKNOWN} ${UNKNOWN} ${UNKNOWN}`;
  return `SignalStrength: 99 -1 -120 -160 -120 -160 -1 ${lte} ${UNKNOWN} gsm|lte`;
}
