/** How many test files run at once, each on a server of its own; on an outside server one after the other. */
export const workers = process.env['TEST_DATABASE_URL'] ? 1 : 2;
