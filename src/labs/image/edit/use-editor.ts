import { useLab } from '../lab-context';
import { TokenEditor } from './editor';

/** The editor of a lab, which is made when it is first needed. */
export function useEditor(): TokenEditor {
  const lab = useLab();
  lab.editor ??= new TokenEditor(lab);
  return lab.editor;
}
