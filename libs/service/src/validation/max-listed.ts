/** How many errors of a value an answer or a log line lists; of the others it gives the number. */
export const MAX_LISTED = 20;
