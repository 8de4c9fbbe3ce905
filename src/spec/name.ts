/** @module spec/name A specification's name with its version. */

/** `model-spec@2025-12-18`; the name alone where there is no version. */
export function specName({ id, version }: { id: string; version: string | null }): string {
  return version === null ? id : `${id}@${version}`;
}
