const MOST = 200;
const AT_ONCE = 2;

/**
 * Group commit: what is called while a group is under way makes up the next one. Nothing waits to fill a group.
 * @param run does the work of a whole group in one statement
 */
export function grouped(run) {
  let waiting = [];
  let running = 0;

  function next() {
    if (waiting.length === 0 || running === AT_ONCE) return;
    const group = waiting.splice(0, MOST);
    running++;
    run(group.map(({ item }) => item))
      .then(
        () => group.forEach(({ resolve }) => resolve()),
        (error) => group.forEach(({ reject }) => reject(error)),
      )
      .finally(() => {
        running--;
        next();
      });
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      setImmediate(next);
    });
}
