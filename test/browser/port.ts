/** Where the browser tests find their server. */
export const port = Number(process.env.BROWSER_TEST_PORT ?? 4180);

/** Where the server leaves whom one can sign in as in the example. */
export const exampleFile = 'test-results/example.json';
