import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AuditModule } from '../audit/index.js';
import { ClientKeysModule } from '../client-keys/index.js';
import { ClientsModule } from '../clients/index.js';
import { DatabaseModule, repositoriesOf } from '../database/index.js';
import { EventsModule } from '../events/index.js';
import { KeysModule } from '../keys/index.js';
import { ScopesModule } from '../scopes/index.js';
import { StoredAccessToken } from './access-token.entity.js';
import { AccessTokensService } from './access-tokens.service.js';
import { ContributedClaims } from './contributed-claims.js';
import { Authorization } from './authorization.entity.js';
import { AuthorizationsService } from './authorizations.service.js';
import { ClientJwts } from './client-jwts.js';
import { StoredRefreshToken } from './refresh-token.entity.js';
import { IdTokenHints } from './id-token-hints.service.js';
import { IdTokenMetadata } from './id-token.metadata.js';
import { IdTokenMint } from './id-token-mint.js';
import { ReleasedClaims } from './released-claims.js';
import { IssuancePolicies } from './issuance-policies.js';
import { RefreshTokensService } from './refresh-tokens.service.js';
import { RevokedAccessToken } from './revoked-access-token.entity.js';
import { TokenMint } from './token-mint.js';
import { TokensService } from './tokens.service.js';

@Module({
  imports: [
    repositoriesOf(Authorization, StoredAccessToken, StoredRefreshToken, RevokedAccessToken),
    AuditModule,
    ClientKeysModule,
    ClientsModule,
    DatabaseModule,
    DiscoveryModule,
    EventsModule,
    KeysModule,
    ScopesModule,
  ],
  providers: [
    ClientJwts,
    ContributedClaims,
    IssuancePolicies,
    IdTokenMetadata,
    TokensService,
    TokenMint,
    IdTokenHints,
    IdTokenMint,
    ReleasedClaims,
    AccessTokensService,
    RefreshTokensService,
    AuthorizationsService,
  ],
  exports: [
    ClientJwts,
    ContributedClaims,
    IssuancePolicies,
    IdTokenHints,
    ReleasedClaims,
    TokensService,
    AccessTokensService,
    RefreshTokensService,
    AuthorizationsService,
  ],
})
export class TokensModule {}
