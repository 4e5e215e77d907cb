#!/usr/bin/env node
process.argv.splice(2, 0, 'app/cli/main.ts');
await import('../tools/node.mjs');
