import type { ValidatedSettings } from './settings.schema.js';
import type { SettingsShape } from './settings.js';

/** Fills in the defaults that follow from other settings. */
export function withDerivedDefaults(settings: ValidatedSettings, hasFile: boolean): SettingsShape {
  const { environment, port, tls } = settings;
  return {
    ...settings,
    issuer: settings.issuer ?? `${tls.cert ? 'https' : 'http'}://localhost:${port}`,
    docs: { enabled: settings.docs.enabled ?? environment !== 'production' },
    demo: { enabled: settings.demo.enabled ?? (environment === 'development' && !hasFile) },
  };
}
