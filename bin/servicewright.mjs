#!/usr/bin/env node
process.argv.splice(2, 0, 'servicewright.ts');
await import('../tools/node.mjs');
