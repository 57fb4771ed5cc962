/** Payment QR codes: EMVCo's merchant-presented payload, and what payers show: digits, or EMVCo's own. */
export { walletOfPaymentCode, type Wallet } from './customer-presented.ts';
export { decodeObjects, encodeObjects, type DataObject } from './data-objects.ts';
export { EmvcoError, type EmvcoProblem } from './error.ts';
export {
  decodeMerchantPresented,
  encodeMerchantPresented,
  looksMerchantPresented,
  type MerchantPresented,
} from './merchant-presented.ts';
export {
  inspectMerchantPresented,
  type EmvcoFault,
  type EmvcoInspection,
  type EmvcoNode,
} from './inspect.ts';
export {
  inspectConsumerPresented,
  looksConsumerPresented,
  type ConsumerFault,
  type ConsumerNode,
} from './consumer-presented.ts';
export { hexOf } from './ber-tlv.ts';
