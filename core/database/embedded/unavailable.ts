/** The embedded database cannot be started for a reason outside the program; the message is one line that says what to do. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable';
}
