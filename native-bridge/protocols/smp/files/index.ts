/** Group 8: files. */
export { fileClose } from './close.ts';
export { fileDownload, type FileDownloadReply } from './download.ts';
export { fileHash, type FileHash, type FileHashParams } from './hash.ts';
export { fileHashTypes, type FileHashType } from './hash-types.ts';
export { fileStatus } from './status.ts';
export { fileUpload, type FileUploadParams } from './upload.ts';
