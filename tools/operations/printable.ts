import { stripVTControlCharacters } from 'node:util';

/** A text of a stranger, fit for a terminal: in one line, and without anything that a terminal would obey. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text).replace(/\s+/g, ' ').replace(/\p{C}/gu, '�');
