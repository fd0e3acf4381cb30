import { Injectable } from '@nestjs/common';
import { Settings } from '../config/index.js';
import { ContributesMetadata } from '../metadata/index.js';
import type { MetadataContributor, ServerMetadata } from '../metadata/index.js';
import { SessionStates } from '../sessions/index.js';

@Injectable()
@ContributesMetadata()
export class LogoutMetadata implements MetadataContributor {
  constructor(
    private readonly settings: Settings,
    private readonly states: SessionStates,
  ) {}

  /** @see RP-Initiated Logout 1.0 §2.1, Session Management 1.0 §3.3, Front- and Back-Channel Logout 1.0 §3 and §2.1 */
  metadata(): ServerMetadata {
    const { issuer } = this.settings;
    return {
      end_session_endpoint: `${issuer}/oauth/logout`,
      ...(this.states.isOffered && { check_session_iframe: `${issuer}/oauth/session/check` }),
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    };
  }
}
