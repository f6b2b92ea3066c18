import study from '../../study.module.css';

/** Why tokenizers that lose text are not named best; nothing where none does. */
export function LossNote({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  const isOne = names.length === 1;
  return (
    <p className={study.small}>
      {names.join(', ')} {isOne ? 'loses' : 'lose'} a part of this text: what is lost costs no tokens, so{' '}
      {isOne ? 'it is' : 'they are'} not named best.
    </p>
  );
}
