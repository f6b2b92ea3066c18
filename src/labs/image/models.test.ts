import { expect, it } from 'vitest';
import { codecId } from '../../core/image/codec-id';
import { codecs } from '../../engine/image/codecs/codecs';
import { LabModels } from './models';

it('calls codecs the same before and after what is known of them is loaded', () => {
  const before = new LabModels();
  const after = new LabModels();
  after.store.setState({ codecs });
  for (const { id } of codecs) expect(before.label(codecId(id))).toBe(after.label(codecId(id)));
  expect(before.label('codec:made-up')).toBe('made-up');
});
