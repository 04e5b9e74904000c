import { styleText } from 'node:util';

const COLOURS = ['cyan', 'green', 'magenta', 'blue', 'yellow', 'gray'] as const;

/** The text in the colour of its source: each of the sources has another, as long as there are colours. */
export function inColourOf(source: string, sources: readonly string[], text: string): string {
  const colour = COLOURS[sources.indexOf(source) % COLOURS.length];
  return colour === undefined ? text : styleText(colour, text);
}
