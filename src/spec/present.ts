/** @module spec/present What of a record is there: fields that nothing was said of are left out. */

/** The fields that have a value. JSON leaves the others out anyway; here they are not even keys. */
export function present<Fields extends object>(fields: Fields): Partial<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Fields>;
}
