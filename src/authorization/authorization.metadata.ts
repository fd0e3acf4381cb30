import { Injectable } from '@nestjs/common';
import { FlowsInUseService, isFrontChannel, responseParts } from '../clients/index.js';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';
import { AuthenticationContexts } from './authentication-contexts.js';
import { REQUEST_OBJECT_ALGORITHMS } from './request-objects.service.js';
import { ResponseModes } from './response-modes.js';
import { promptsSupported } from './request-rules.js';

@Injectable()
@ContributesMetadata()
export class AuthorizationMetadata implements MetadataContributor {
  constructor(
    private readonly settings: Settings,
    private readonly flows: FlowsInUseService,
    private readonly contexts: AuthenticationContexts,
    private readonly modes: ResponseModes,
  ) {}

  /** What RFC 9700 discourages is advertised only where a client may use it. */
  async metadata(): Promise<ServerMetadata> {
    const inUse = await this.flows.find();
    const frontChannel = inUse.response_types.filter((type) =>
      isFrontChannel(responseParts(type) ?? new Set()),
    );
    const hasFrontChannel = frontChannel.length > 0;
    return {
      authorization_endpoint: `${this.settings.issuer}/oauth/authorize`,
      response_types_supported: ['code', ...frontChannel],
      response_modes_supported: this.modes.names({ hasFrontChannel }),
      grant_types_supported: hasFrontChannel ? ['implicit'] : [],
      code_challenge_methods_supported: ['S256', ...(inUse.pkce_plain ? ['plain'] : [])],
      prompt_values_supported: promptsSupported(this.settings),
      // The pages are plain forms that fit any window, in English.
      display_values_supported: ['page', 'popup', 'touch', 'wap'],
      ui_locales_supported: ['en'],
      ...(this.contexts.offered.length > 0 && { acr_values_supported: this.contexts.offered }),
      claims_supported: ['iss', 'aud', 'exp', 'iat', 'auth_time', 'acr', 'amr', 'nonce', 'sid'],
      id_token_signing_alg_values_supported: inUse.hs256 ? ['HS256'] : [],
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: true,
      request_parameter_supported: true,
      request_uri_parameter_supported: true,
      require_request_uri_registration: true,
      request_object_signing_alg_values_supported: [
        ...REQUEST_OBJECT_ALGORITHMS,
        ...(inUse.unsigned_requests ? ['none'] : []),
      ],
    };
  }
}
