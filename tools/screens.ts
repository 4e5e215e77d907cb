// Takes small pictures of the screens into docs/screens, from a server of its own with the example played into it.
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import type { PlayedExample } from '../app/server/example.ts';
import { startServer } from '../app/server/start.ts';
import { harbour } from '../examples/harbour/harbour.ts';
import { databaseFromEnvironment } from '../core/database/settings.ts';
import { findBrowser } from '../test/browser/browser.ts';
import { emailOf, playExample } from '../test/browser/example.ts';
import { shrink } from './png.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'screens');
const themes = ['light', 'dark'] as const;
const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

const screens = [
  {
    screen: 'loop',
    path: '/loop',
    as: 'service owner',
    shows: 'The loop: five stages, what waits at which gate, each service as a token',
  },
  {
    screen: 'service',
    path: '/services/SVC-1',
    as: 'service owner',
    shows: 'A service with its value thread, from the sentence the business wrote to the newest measurement',
  },
  {
    screen: 'gate',
    path: '/gates/G7/IMP-2',
    as: 'sponsor',
    shows: 'A gate: the question, the evidence, and the decision of the business',
  },
  { screen: 'decisions', path: '/decisions', as: 'sponsor', shows: 'Decisions that wait for me, and for others' },
  {
    screen: 'matrix',
    path: '/measurement',
    as: 'improvement manager',
    shows: 'Twelve cells: what is measured of services, technology and processes, and what is not',
  },
  {
    screen: 'control-chart',
    path: '/measurement/PE-5',
    as: 'improvement manager',
    shows: 'A metric day by day with its natural limits and signals',
  },
  { screen: 'list', path: '/incidents', as: 'service desk', shows: 'A list of two thousand incidents' },
  {
    screen: 'case',
    path: '/incidents/INC-2064',
    as: 'service desk',
    shows: 'An incident: its clocks in words and as bars, its notes',
  },
  {
    screen: 'document',
    path: '/design-packages/SDP-1?tab=checklist',
    as: 'service owner',
    shows: 'A service design package with its checklist, gates and links',
  },
] as const;

export interface Shown {
  file: string;
  screen: string;
  theme: (typeof themes)[number];
  width: number;
  shows: string;
}

async function signedIn(browser: Browser, url: string, example: PlayedExample, role: string) {
  const context = await browser.newContext();
  const email = emailOf(example, role);
  const answer = await context.request.post(`${url}/api/v1/auth/sign-in/email`, {
    data: { email, password: example.password },
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(`${email} was not signed in: ${answer.status()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function take(browser: Browser, url: string, example: PlayedExample): Promise<Shown[]> {
  const taken: Shown[] = [];
  // Once each: an address may sign in only a few times a minute.
  const states = new Map<string, Awaited<ReturnType<typeof signedIn>>>();
  for (const { screen, path, as, shows } of screens) {
    const storageState = states.get(as) ?? (await signedIn(browser, url, example, as));
    states.set(as, storageState);
    for (const theme of themes)
      for (const viewport of sizes) {
        const context = await browser.newContext({
          storageState,
          viewport,
          colorScheme: theme,
          reducedMotion: 'reduce',
          locale: 'en-GB',
          timezoneId: 'Europe/London',
        });
        const page = await context.newPage();
        await page.goto(url + path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        await page.waitForFunction(() => !document.querySelector('[role="status"][aria-label^="Loading"]'));
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        const file = `${screen}-${theme}-${viewport.width}.png`;
        writeFileSync(join(folder, file), shrink(await page.screenshot()));
        taken.push({ file, screen, theme, width: viewport.width, shows });
        await context.close();
      }
  }
  return taken;
}

/** Signing in checks the address it is called by, so the port has to be known before the start. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP address was asked for');
  return address.port;
}

async function main(): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'servicewright-screens-'));
  const database = await databaseFromEnvironment({ ...process.env, SERVICEWRIGHT_DATA: dataFolder });
  const server = await startServer({
    database,
    example: harbour,
    port: await freePort(),
    dataFolder,
    callsPerMinute: 1_000_000,
  });
  const browser = await chromium.launch(await findBrowser());
  try {
    const example = await playExample(server.url, database, dataFolder);
    mkdirSync(folder, { recursive: true });
    for (const each of readdirSync(folder)) if (each.endsWith('.png')) rmSync(join(folder, each));
    const taken = await take(browser, server.url, example);
    writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(taken, null, 2)}\n`);
    console.log(`${taken.length} pictures in docs/screens`);
  } finally {
    await browser.close();
    await server.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

if (import.meta.main) await main();
