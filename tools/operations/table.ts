const GAP = '   ';

/** Rows in columns, each as wide as its widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widthOf = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widthOf(column))).join(GAP);
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
