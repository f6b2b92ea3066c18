import { bundledModels } from '../../engine/image/models';
import { formatBytes } from '../../ui/format';
import { Select } from '../../ui/Select';
import { setModel } from './session';
import { useImageLab, useModel } from './store';

/** Which model encodes and decodes. */
export function ModelPicker() {
  const model = useImageLab((state) => state.model);
  return (
    <Select
      label="Model"
      value={model}
      onChange={setModel}
      options={bundledModels.map(({ id, label }) => ({ value: id, label }))}
    />
  );
}

/** What the chosen model is, in one line. */
export function ModelFacts() {
  const model = useModel();
  if (!model) return null;
  return (
    <span title={model.summary}>
      {model.tokens.count} × {model.tokens.bits} bits, {formatBytes(model.bytes)}
    </span>
  );
}
