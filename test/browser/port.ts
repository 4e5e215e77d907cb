/** Where the browser tests find their server. */
export const port = Number(process.env.BROWSER_TEST_PORT ?? 4180);
