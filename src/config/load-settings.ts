import { readConfigurationFile } from './configuration-file.js';
import { ConfigurationError } from './configuration.error.js';
import { withDerivedDefaults } from './derived-defaults.js';
import { readEnvironment, unknownVariables } from './environment.js';
import { faultsOf, wording } from './faults.js';
import { settingsSchema, type SettingsInput, type ValidatedSettings } from './settings.schema.js';
import { Settings } from './settings.js';

/**
 * The configuration from the environment and the file that GATEHOUSE_CONFIG names; the environment wins.
 * Relative paths count from the working directory.
 * @throws ConfigurationError with every fault at once
 */
export function loadSettings(env: NodeJS.ProcessEnv): Settings {
  const faults = unknownVariables(env);
  const input = withEnvironment(fromFile(env.GATEHOUSE_CONFIG, faults), env);
  const validated = validate(input, faults);
  return new Settings(withDerivedDefaults(validated, env.GATEHOUSE_CONFIG !== undefined));
}

/**
 * The configuration from a plain object with the shape of the declarative file, which counts as a file.
 * @throws ConfigurationError with every fault at once
 */
export function settingsFrom(input: SettingsInput = {}): Settings {
  return new Settings(withDerivedDefaults(validate(input, []), true));
}

function fromFile(path: string | undefined, faults: readonly string[]): unknown {
  if (path === undefined) return {};
  try {
    return readConfigurationFile(path);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError([...faults, ...error.faults]);
  }
}

/** The file with the variables laid over it; nothing is changed in place, as YAML aliases share objects. */
function withEnvironment(file: unknown, env: NodeJS.ProcessEnv): unknown {
  return [...readEnvironment(env)].reduce(
    (tree, [path, value]) => withValue(tree, path.split('.'), value),
    file,
  );
}

function withValue(parent: unknown, [key, ...rest]: string[], value: string): unknown {
  if (key === undefined) return value;
  // A list or a text where a mapping belongs is a fault of the file, which validation reports.
  if (typeof parent !== 'object' || parent === null || Array.isArray(parent)) return parent;
  const group = parent as Record<string, unknown>;
  return { ...group, [key]: withValue(group[key] ?? {}, rest, value) };
}

function validate(input: unknown, faults: readonly string[]): ValidatedSettings {
  const result = settingsSchema.safeParse(input, { error: wording });
  const all = [...faults, ...(result.error?.issues ?? []).flatMap((issue) => faultsOf(issue, input))];
  if (!result.success || all.length > 0) throw new ConfigurationError(all);
  return result.data;
}
