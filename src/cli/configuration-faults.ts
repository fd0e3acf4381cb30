import { SubjectIdentifiers, checkMetadata } from '../clients/index.js';
import { ConfigurationError, loadSettings } from '../config/index.js';
import type { DeclaredClient } from '../config/index.js';
import { OAuthError } from '../common/index.js';

/** Every fault that would keep a server from starting with this environment and its file. */
export function faultsOfConfiguration(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    const settings = loadSettings(env);
    const subjects = new SubjectIdentifiers(settings);
    return settings.clients.flatMap((client, index) => faultOfClient(client, index, subjects));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

/** Client metadata is judged where clients register, so the settings alone do not show its faults. */
function faultOfClient(client: DeclaredClient, index: number, subjects: SubjectIdentifiers): string[] {
  try {
    subjects.check(checkMetadata(client, 'operator'));
    return [];
  } catch (error) {
    if (error instanceof OAuthError) return [`clients[${index}] (${client.client_id}): ${error.message}`];
    throw error;
  }
}
