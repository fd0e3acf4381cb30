export { ConfigurationError } from './configuration.error.js';
export { loadSettings, settingsFrom } from './load-settings.js';
export {
  Settings,
  type DeclaredClient,
  type DeclaredResource,
  type DeclaredScope,
  type DeclaredUser,
  type SettingsShape,
} from './settings.js';
export { settingsSchema, type SettingsInput } from './settings.schema.js';
