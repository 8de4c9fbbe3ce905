/** @module text/json JSON for files and for standard output: indented, with a line end. */

/** A value as it stands in a file. What JSON knows no form of is left out. */
export function printJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A document that begins with its name and version: `"schema": "tenet.runs/1"`. */
export function printDocument(name: string, version: number, data: object): string {
  return printJson({ schema: `${name}/${version}`, ...data });
}
