/** A record's id as text: any UUID, in either case. */
export const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id before all others: stands for "from the beginning", for nobody, and for "none" in keys. */
export const nilUuid = '00000000-0000-0000-0000-000000000000';
