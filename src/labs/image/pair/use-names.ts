import { useLab, useModelIds } from '../lab-context';

/** What the pictures on the stage are called: the original, then every lane. Equal names are told apart by their place. */
export function usePictureNames(): readonly string[] {
  const { models } = useLab();
  const labels = useModelIds().map((id) => models.label(id));
  return [
    'Original',
    ...labels.map((label, i) =>
      labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} (${i + 1})`,
    ),
  ];
}
