/** @module ledger/postgres/address The address of a PostgreSQL database, and how it may be shown. */

/** Whether a ledger's place is the address of a database, and not the path of a file. */
export function isAddress(place: string): boolean {
  return /^postgres(?:ql)?:/.test(place);
}

/** Whether an address has a password in it, which others may read in a list of processes. */
export function hasPassword(place: string): boolean {
  return shownAddress(place) !== place;
}

/** A place without what nobody else should read. Paths of files are as they are. */
export function shownAddress(place: string): string {
  if (!isAddress(place)) return place;
  return place
    .replace(/^(\w+:\/\/[^/?#@]*?):.*@/, '$1@')
    .replace(/([?&](?:ssl)?password=)[^&#]*/gi, '$1…');
}
