export { ConfigurationError } from './configuration.error.js';
export type { DeclaredClient, DeclaredResource, DeclaredScope, DeclaredUser } from './declared-objects.js';
export { loadSettings, settingsFrom } from './load-settings.js';
export { Settings, type SettingsShape } from './settings.js';
export { settingsSchema, type SettingsInput } from './settings.schema.js';
