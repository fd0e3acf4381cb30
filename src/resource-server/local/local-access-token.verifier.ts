import { Injectable } from '@nestjs/common';
import { InvalidTokenError } from '../../common/index.js';
import { Settings } from '../../config/index.js';
import { AccessTokensService } from '../../tokens/index.js';
import type { LiveAccessToken } from '../../tokens/index.js';
import { UserStore } from '../../users/index.js';
import type { User } from '../../users/index.js';
import { AccessTokenVerifier } from '../access-token-verifier.js';
import { resourceMetadataUrl } from '../protected-resource.js';

interface LocalAccess {
  readonly token: LiveAccessToken;
  readonly user: User | null;
}

/** In the process of the authorization server: looks the token up, so a revocation counts at once. */
@Injectable()
export class LocalAccessTokenVerifier extends AccessTokenVerifier {
  override readonly resourceMetadata: string | null;

  constructor(
    private readonly tokens: AccessTokensService,
    private readonly users: UserStore,
    private readonly settings: Settings,
  ) {
    super();
    this.resourceMetadata = resourceMetadataUrl(settings.issuer);
  }

  async verify(accessToken: string): Promise<LocalAccess> {
    const token = await this.tokens.find(accessToken);
    // RFC 9068 §4: a token for another API is no token here.
    if (!token?.audience.includes(this.settings.issuer)) throw invalid();
    return { token, user: await this.userOf(token) };
  }

  private async userOf({ subject }: LiveAccessToken): Promise<User | null> {
    if (subject === null) return null;
    const user = await this.users.findBySubject(subject);
    if (user) return user;
    throw invalid();
  }
}

const invalid = (): InvalidTokenError => new InvalidTokenError('the access token is not valid');
