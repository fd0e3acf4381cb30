import type { ValidatedSettings } from './settings.schema.js';
import type { SettingsShape } from './settings.js';

/** Fills in the defaults that follow from other settings. */
export function withDerivedDefaults(settings: ValidatedSettings, hasFile: boolean): SettingsShape {
  const { environment, port, tls } = settings;
  const issuer = settings.issuer ?? `${tls.cert ? 'https' : 'http'}://localhost:${port}`;
  return {
    ...settings,
    issuer,
    https: { required: settings.https.required ?? issuer.startsWith('https:') },
    docs: { enabled: settings.docs.enabled ?? environment !== 'production' },
    demo: { enabled: settings.demo.enabled ?? (environment === 'development' && !hasFile) },
  };
}
