const NEEDED = [20, 19];

/** Older ones fail much later, with an error that does not say why. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  throw new Error(
    `Node ${NEEDED.join('.')} or newer is needed; this is ${process.versions.node} (${process.execPath}).`,
  );
}
