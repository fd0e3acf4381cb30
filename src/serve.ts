import 'reflect-metadata';
import { ConfigurationError, loadSettings } from './config/index.js';
import type { Settings } from './config/index.js';
import { createServer } from './create-server.js';
import { banner } from './provisioning/index.js';
import { renewCertificate } from './tls-certificate.js';

/** Starts the server as the environment configures it; a process that cannot ends with 1. */
export async function serve(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    await start(loadSettings(env));
  } catch (error) {
    // Whoever starts a server wants the sentence, not where in our code it was thrown.
    console.error(error instanceof ConfigurationError ? error.message : error);
    process.exit(1);
  }
}

async function start(settings: Settings): Promise<void> {
  const began = performance.now();
  const app = await createServer(settings);
  renewCertificate(app, settings);
  await app.listen(settings.port, settings.host);
  console.log(banner(app, settings, performance.now() - began));
}
