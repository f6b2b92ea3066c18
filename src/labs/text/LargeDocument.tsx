import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { LargeText } from '../../views/text-intake/LargeText';
import { useColumns, useLab } from './context';
import { beginning, type TextDocument } from './documents';
import { memoryOf } from './memory';
import { textField } from './text-field';

const PREVIEW_BYTES = 600;

/** From this size on the memory is stated, and the work can be stopped. */
const HEAVY_BYTES = 4_000_000;

/** A text that is too large for the field. */
export function LargeDocument({ document }: { readonly document: TextDocument }) {
  const { state } = useLab();
  const { origin, bytes } = document;
  const isHeavy = bytes.length >= HEAVY_BYTES;
  return (
    <LargeText
      name={origin.kind === 'file' ? origin.name : 'Large text'}
      size={bytes.length}
      beginning={beginning(document, PREVIEW_BYTES)}
      detail={isHeavy ? <Memory document={document} /> : null}
      actions={
        <>
          {isHeavy ? <Stop /> : null}
          <Button size="sm" onClick={() => toField(() => state.editBeginning())}>
            Edit the first 20 kB
          </Button>
          <Button size="sm" onClick={() => toField(() => state.clear())}>
            Clear
          </Button>
        </>
      }
    />
  );
}

/** Puts another text in this one's place, into the field, which then has the focus. */
function toField(change: () => void) {
  change();
  requestAnimationFrame(() => textField()?.focus());
}

function Memory({ document }: { readonly document: TextDocument }) {
  const results = useColumns().map(({ id, result }) => ({
    id,
    segmentation: result?.document === document ? result.segmentation : undefined,
  }));
  return ` · about ${formatBytes(memoryOf(document, results))} of memory`;
}

function Stop() {
  const { jobs } = useLab();
  if (!useColumns().some(({ busy }) => busy)) return null;
  return (
    <Button size="sm" onClick={() => jobs.stop()}>
      Stop tokenizing
    </Button>
  );
}
