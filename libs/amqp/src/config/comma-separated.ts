/** The parts of a variable that holds several values; whatever else it is stays for the validation to judge. */
export const commaSeparated = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
