/** A factory package in the words that every kind of firmware is shown in. */
import type { FactoryFacts, ImageInspection } from '../../contract/image.ts';
import type { Fault } from '../../contract/fault.ts';
import { FirmwareError } from '../firmware-error.ts';
import { buildName } from '../ota/build.ts';
import type { Requirement } from './android-info.ts';
import type { FlashTask } from './flash-tasks.ts';
import type { FactoryInspection } from './inspect-factory.ts';

/** `signatureRequired`: somebody whose key is known has to vouch for it. */
export function imageOfFactory(
  inspection: FactoryInspection,
  signatureRequired: boolean,
): ImageInspection {
  const { sizeBytes, fileSha256, fingerprint, signature, requirements } = inspection;
  const faults = [...inspection.faults, ...signatureFaults(inspection, signatureRequired)];
  return {
    format: 'android-factory',
    verdict: faults.length === 0 ? 'good' : 'refused',
    faults,
    sizeBytes,
    fileSha256,
    version: fingerprint === null ? null : (buildName(fingerprint) ?? fingerprint),
    imageHash: fingerprint,
    hashAlgorithm: null,
    signature,
    securityCounter: null,
    dependencies: [],
    headerSizeBytes: null,
    payloadSizeBytes: null,
    loadAddress: null,
    flags: [],
    tlvs: [],
    ...(requirements.length > 0 && { factory: factsOf(inspection) }),
  };
}

function signatureFaults(
  { signature, faults }: FactoryInspection,
  required: boolean,
): readonly Fault[] {
  const { state, keyHash } = signature;
  if (faults.length > 0) return [];
  if (state === 'wrong') return [new FirmwareError('image-signature-wrong', { key: '' }).fault];
  if (!required || state === 'valid') return [];
  const isUnsigned = state === 'unsigned';
  const unknown = new FirmwareError('image-key-unknown', { keyHash: keyHash ?? '' });
  return [(isUnsigned ? new FirmwareError('image-unsigned') : unknown).fault];
}

function factsOf(inspection: FactoryInspection): FactoryFacts {
  const { requirements, outerTasks, tasks, images, securityPatch, unchecked } = inspection;
  const all = [...outerTasks, ...tasks];
  const isProduct = ({ name, reject }: Requirement) => name === 'product' && !reject;
  return {
    products: requirements.filter(isProduct).flatMap(({ values }) => values),
    requirements: requirements.filter((each) => !isProduct(each)).map(asText),
    writes: all.flatMap(asWrite),
    images: images.map((image) => ({ ...image })),
    remakesSuper: all.some(({ kind }) => kind === 'update-super'),
    securityPatch,
    unchecked,
  };
}

function asText({ name, values, reject, product }: Requirement): string {
  const said = `${name}${reject ? '≠' : '='}${values.join('|')}`;
  return product === null ? said : `${product}: ${said}`;
}

function asWrite(task: FlashTask): FactoryFacts['writes'] {
  switch (task.kind) {
    case 'flash': {
      const { partition, slot, image, ifWiping } = task;
      return [{ partition, slot, image, ifWiping }];
    }
    case 'erase':
      return [{ partition: task.partition, slot: 'this', image: null, ifWiping: task.ifWiping }];
    case 'update-super':
    case 'restart':
      return [];
  }
}
