import { chromium, type Browser } from 'playwright-core';

/** A browser that can reach nothing but this machine. */
const args = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--font-render-hinting=none',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Starts the headless Chromium that comes with npm; nothing of the operating system is needed. */
export async function openBrowser(): Promise<{ browser: Browser; close: () => Promise<void> }> {
  // Read at the import: without it the package leaves its shared libraries packed.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const { default: packed } = await import('@sparticuz/chromium');
  packed.setGraphicsMode = false;

  const browser = await chromium.launch({ executablePath: await packed.executablePath(), args });
  return { browser, close: () => browser.close() };
}
