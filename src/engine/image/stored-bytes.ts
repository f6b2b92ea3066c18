/** Reads a blob at once, as only workers can. */
interface SyncReader {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/**
 * A stored file in the form in which onnxruntime takes one, read from storage tensor by tensor while a session is made: it
 * is never in memory as a whole. onnxruntime-web asks a file of external data for `byteLength` and `subarray` alone and
 * copies what it gets (see `LoadWebAssemblyExternalData` in its core/framework/external_data_loader.h); nothing else may be
 * done with it. Each part's memory is freed as the next one is read.
 * @param onBytes called with how many bytes have been read
 * @param reader for tests
 * @returns undefined where there is no reader for it, as outside of workers
 */
export function storedBytes(
  file: Blob,
  onBytes: (read: number) => void,
  reader: SyncReader | undefined = syncReader(),
): Uint8Array | undefined {
  if (!reader) return undefined;
  let read = 0;
  let last: ArrayBuffer | undefined;
  return Object.defineProperties(new Uint8Array(0), {
    byteLength: { value: file.size },
    subarray: {
      value: (start: number, end: number) => {
        // Garbage collection does not run during one long call.
        last?.transfer?.(0);
        last = reader.readAsArrayBuffer(file.slice(start, end));
        read += last.byteLength;
        onBytes(read);
        return new Uint8Array(last);
      },
    },
  });
}

function syncReader(): SyncReader | undefined {
  const { FileReaderSync } = globalThis as { readonly FileReaderSync?: new () => SyncReader };
  return FileReaderSync && new FileReaderSync();
}
