/** Payment QR codes: EMVCo's merchant-presented payload, and the digits that payers show. */
export { walletOfPaymentCode } from './customer-presented.ts';
export { decodeObjects, encodeObjects, type DataObject } from './data-objects.ts';
export { EmvcoError, type EmvcoProblem } from './error.ts';
export {
  decodeMerchantPresented,
  encodeMerchantPresented,
  looksMerchantPresented,
  type MerchantPresented,
} from './merchant-presented.ts';
export { inspectMerchantPresented, type EmvcoFault, type EmvcoNode } from './inspect.ts';
