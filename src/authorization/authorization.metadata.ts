import { Injectable } from '@nestjs/common';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';
import { ResponseModes } from './response-modes.js';

@Injectable()
@ContributesMetadata()
export class AuthorizationMetadata implements MetadataContributor {
  constructor(
    private readonly settings: Settings,
    private readonly responseModes: ResponseModes,
  ) {}

  metadata(): ServerMetadata {
    return {
      authorization_endpoint: `${this.settings.issuer}/oauth/authorize`,
      response_types_supported: ['code'],
      response_modes_supported: this.responseModes.names,
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      subject_types_supported: ['public'],
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    };
  }
}
