/** Group 1: firmware images. */
export { imageErase } from './erase.ts';
export { slotInfo, type SlotInfo, type SlotSize } from './slot-info.ts';
export { type ImageSlot, type ImageState } from './state.ts';
export { imageStateRead } from './state-read.ts';
export { imageStateWrite, type ImageStateWriteParams } from './state-write.ts';
export { imageUpload, type UploadParams, type UploadReply, type UploadStart } from './upload.ts';
