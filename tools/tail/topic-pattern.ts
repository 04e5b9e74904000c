const WORD = /^(\*|#|[\w-]+)$/;

/** What a routing key may be long, in bytes. */
const LONGEST = 255;

/**
 * Whether it is a binding key of a topic exchange that can fit anything: `*` within a word stands for itself, and no type has one.
 * @see https://www.rabbitmq.com/tutorials/tutorial-five-javascript
 */
export const isPattern = (text: string): boolean =>
  text.length <= LONGEST && text.split('.').every((word) => WORD.test(word));

/** Whether a routing key fits the pattern, as a topic exchange sees it. */
export const fits = (pattern: string, key: string): boolean => wordsFit(pattern.split('.'), key.split('.'));

function wordsFit([wanted, ...pattern]: readonly string[], words: readonly string[]): boolean {
  if (wanted === undefined) return words.length === 0;
  const [word, ...rest] = words;
  if (wanted === '#' && wordsFit(pattern, words)) return true;
  if (word === undefined) return false;
  return wanted === '#' ? wordsFit(['#', ...pattern], rest) : isWord(wanted, word) && wordsFit(pattern, rest);
}

const isWord = (wanted: string, word: string): boolean => wanted === '*' || wanted === word;
