export function View() {
  return <p>x</p>;
}
