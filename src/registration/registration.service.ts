import { Injectable } from '@nestjs/common';
import {
  ClientNotFoundError,
  ClientSecretsService,
  ClientsService,
  checkMetadata,
} from '../clients/index.js';
import type { Client, Editor } from '../clients/index.js';
import { InvalidClientMetadataError, InvalidTokenError, digestOf, randomToken } from '../common/index.js';
import { Settings } from '../config/index.js';
import { clientInformation } from './client-information.js';
import type { InitialAccessToken } from './initial-access-token.entity.js';
import { InitialAccessTokensService } from './initial-access-tokens.service.js';
import type { ClientInformationDto } from './registration.dto.js';
import { RegistrationPolicy } from './registration-policy.service.js';
import { SectorIdentifiersService } from './sector-identifiers.service.js';
import { SoftwareStatementsService } from './software-statements.service.js';
import type { StatedMetadata } from './software-statements.service.js';

/** What the server says of a client, and the client never of itself. @see RFC 7592 §2.2 */
const SERVERS_OWN = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];

/** Where a request comes from, and what lets it in. */
export interface Entrance {
  readonly ip?: string;
  readonly initialAccess?: InitialAccessToken;
}

/** A client that has proven to be itself. */
export interface SelfAccess {
  readonly client: Client;
  readonly registrationAccessToken: string;
  readonly ip?: string;
}

/** Lets software register itself, and look after what it has registered. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly settings: Settings,
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly initialAccess: InitialAccessTokensService,
    private readonly statements: SoftwareStatementsService,
    private readonly policy: RegistrationPolicy,
    private readonly sectors: SectorIdentifiersService,
  ) {}

  /**
   * A use of the initial access token is taken together with the client: what fails costs none.
   * @throws InvalidClientMetadataError, InvalidRedirectUriError, InvalidTokenError
   * @see RFC 7591 §3
   */
  async register(metadata: object, { ip, initialAccess: token }: Entrance): Promise<ClientInformationDto> {
    const { metadata: allowed, softwareStatement } = await this.allowed(metadata);
    const registrationAccessToken = randomToken();
    const registeredWith = token ? `initial access token ${token.label}` : 'open registration';
    const { client, secret } = await this.clients.register(allowed, {
      ...{ by: registeredWith, ip, source: 'registration' },
      registration: {
        ...{ digest: digestOf(registrationAccessToken), registeredWith, softwareStatement },
        admit: token && ((manager) => this.initialAccess.take(manager, token)),
      },
    });
    return this.information(await this.clients.get(client.id), registrationAccessToken, secret);
  }

  /** @see RFC 7592 §2.1 */
  read({ client, registrationAccessToken }: SelfAccess): ClientInformationDto {
    return this.information(client, registrationAccessToken);
  }

  /**
   * Replaces all that the client says of itself. Its registration access token stays: one that changed with an answer
   * that is lost would lock the client out.
   * @throws InvalidClientMetadataError, InvalidRedirectUriError, VersionConflictError
   * @see RFC 7592 §2.2
   */
  async replace(
    { client, registrationAccessToken, ip }: SelfAccess,
    metadata: object,
  ): Promise<ClientInformationDto> {
    await this.assertOwn(client, metadata);
    const { metadata: allowed, softwareStatement } = await this.allowed(metadata);
    const editor = { ...editorOf(client, ip), softwareStatement };
    const { client: changed, secret } = await this.clients.reregister(client, allowed, editor);
    return this.information(changed, registrationAccessToken, secret);
  }

  /** @throws InvalidTokenError when it is gone already @see RFC 7592 §2.3 */
  async delete({ client, ip }: SelfAccess): Promise<void> {
    try {
      await this.clients.delete(client.id, editorOf(client, ip));
    } catch (cause) {
      if (!(cause instanceof ClientNotFoundError)) throw cause;
      throw new InvalidTokenError('the registration access token is not one of this client', { cause });
    }
  }

  /** What may be registered of it. Whatever is wrong with it is found out before anything is fetched. */
  private async allowed(metadata: object): Promise<StatedMetadata> {
    const { metadata: stated, softwareStatement } = await this.statements.apply(metadata);
    const allowed = await this.policy.apply(stated);
    await this.sectors.check(checkMetadata(allowed, 'registration'));
    return { metadata: allowed, softwareStatement };
  }

  private async assertOwn(
    client: Client,
    metadata: { client_id?: unknown; client_secret?: unknown },
  ): Promise<void> {
    const { client_id: id, client_secret: secret } = metadata;
    const serversOwn = SERVERS_OWN.find((name) => Object.hasOwn(metadata, name));
    if (serversOwn !== undefined) throw invalid(serversOwn, 'must not be sent');
    if (id !== client.id) throw invalid('client_id', 'must be that of the client');
    if (secret === undefined) return;
    const isItsOwn = typeof secret === 'string' && (await this.secrets.matches(client, secret));
    if (!isItsOwn) throw invalid('client_secret', 'must be that of the client: it cannot be chosen');
  }

  private information(
    client: Client,
    registrationAccessToken: string,
    secret?: string,
  ): ClientInformationDto {
    return clientInformation(client, { issuer: this.settings.issuer, registrationAccessToken, secret });
  }
}

const editorOf = ({ id }: Client, ip: string | undefined): Editor => ({
  by: `client ${id}`,
  ip,
  source: 'registration',
});

const invalid = (parameter: string, what: string): InvalidClientMetadataError =>
  new InvalidClientMetadataError(`${parameter} ${what}`, { parameter });
