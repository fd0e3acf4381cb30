import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/index.js';
import { Clock, InsufficientUserAuthenticationError, InvalidGrantError, Scope } from '../common/index.js';
import type { OAuthError } from '../common/index.js';
import { Database } from '../database/index.js';
import { EventsService } from '../events/index.js';
import { ScopesService } from '../scopes/index.js';
import { UserStore } from '../users/index.js';
import type { Authorization } from './authorization.entity.js';
import { AuthorizationsService } from './authorizations.service.js';
import { ContributedClaims } from './contributed-claims.js';
import { IdTokenMint } from './id-token-mint.js';
import type { IdTokenCompanions } from './id-token-mint.js';
import { IssuancePolicies } from './issuance-policies.js';
import type { StepUp } from './issuance-policy.js';
import { ReleasedClaims } from './released-claims.js';
import type { TokenIssuance, TokenResponse } from './token-issuance.js';
import { TokenMint } from './token-mint.js';
import { tokenStatement } from './token-statement.js';

/** Turns a grant's decision into tokens: nothing else in this server makes any. */
@Injectable()
export class TokensService {
  constructor(
    private readonly mint: TokenMint,
    private readonly idTokens: IdTokenMint,
    private readonly scopes: ScopesService,
    private readonly users: UserStore,
    private readonly claims: ReleasedClaims,
    private readonly contributed: ContributedClaims,
    private readonly policies: IssuancePolicies,
    private readonly authorizations: AuthorizationsService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: EventsService,
  ) {}

  /**
   * @param grantType what the policies hear of where this comes from; null for the authorization endpoint
   * @throws InvalidGrantError when the credential was used meanwhile, or the family revoked.
   * @throws OAuthError when a policy denies it
   */
  async issue(asked: TokenIssuance, grantType: string | null = null): Promise<TokenResponse> {
    const issuance = this.policies.isEmpty ? asked : await this.judged(asked, grantType);
    const { client, subject } = issuance;
    const scope = issuance.scope.intersect(client.scope);
    const resources = await this.scopes.resourcesFor(issuance.resources ?? []);
    const scopes = await this.scopes.describe(scope);
    const authorization = await this.familyOf(issuance);
    const userClaims = issuance.tokens?.includes('id_token')
      ? await this.requested(client, authorization)
      : {};
    const minted = await this.mint.mint({ issuance, scope, scopes, resources, authorization, userClaims });
    const now = this.clock.now();
    const write = tokenStatement({ issuance, scope: scope.toString(), minted, authorization, now });
    const rows = write && (await this.database.run(write.statement, write.values));
    if (rows?.length === 0) return lost(issuance);
    if (authorization) this.authorizations.noteUse(authorization);
    this.events.emit('token.issued', { clientId: client.id, subject, scope: scope.toString() });
    return minted.response;
  }

  /**
   * An ID token as the authorization endpoint may return one. Where nothing else is returned, it holds what the scope
   * opens, because there is no userinfo to ask.
   * @see OpenID Connect Core §3.2.2.5, §3.3.2.5, §5.4
   */
  async idToken(
    client: Client,
    authorization: Authorization,
    companions: IdTokenCompanions,
  ): Promise<string> {
    const isAlone = companions.accessToken === undefined && companions.code === undefined;
    const scope = isAlone ? authorization.scope : Scope.none;
    const userClaims = await this.requested(client, authorization, scope);
    return this.idTokens.mint(client, authorization, { ...companions, userClaims });
  }

  private async judged(asked: TokenIssuance, grantType: string | null): Promise<TokenIssuance> {
    const { authorization, resources = [] } = asked;
    const scope = asked.scope.intersect(asked.client.scope);
    const signIn = authorization?.authenticatedAt ? authorization : null;
    const judgement = await this.policies.judge({ ...asked, scope, resources, grantType, signIn });
    const { issuance, stepUp } = judgement;
    if (stepUp) throw insufficient(stepUp);
    const hasUser = issuance.scope.has('openid');
    return { ...issuance, tokens: asked.tokens?.filter((token) => hasUser || token !== 'id_token') };
  }

  /** What an ID token says of the user beside who it is; the user is looked up only where something was asked for. */
  private async requested(client: Client, authorization: Authorization | null, scope = Scope.none) {
    if (!authorization) return {};
    const names = authorization.claims?.id_token ?? [];
    const isAsked = names.length > 0 || scope.size > 0;
    const user = isAsked ? await this.users.findBySubject(authorization.subject) : null;
    const told = user ? await this.claims.of(user, { scope, names, registered: client.scope }) : {};
    if (!this.contributed.has('id_token')) return told;
    const { subject, resources } = authorization;
    const context = { client, subject, scope: authorization.scope, resources, authorization };
    return this.contributed.add('id_token', told, context);
  }

  /** Tokens never speak for somebody who is gone. */
  private async familyOf(issuance: TokenIssuance): Promise<Authorization | null> {
    const { client, subject, authorization } = issuance;
    if (subject === null || (authorization && this.users.endsTokens)) return authorization ?? null;
    const user = await this.users.findBySubject(subject);
    if (!user) throw new InvalidGrantError('the user is not available');
    if (authorization) return authorization;
    return this.authorizations.make({
      client,
      subject,
      username: user.username,
      scope: issuance.scope.intersect(client.scope),
      resources: issuance.resources ?? [],
    });
  }
}

/** Nobody is there who could sign in: the client must send its user to the authorization endpoint. */
const insufficient = ({ acr, maxAge }: StepUp): OAuthError => {
  const needed = [
    ...(acr === undefined ? [] : [`acr_values=${acr}`]),
    ...(maxAge === undefined ? [] : [`max_age=${maxAge}`]),
  ];
  return new InsufficientUserAuthenticationError(`the user must sign in again: ${needed.join(' ')}`);
};

function lost({ uses }: TokenIssuance): Promise<TokenResponse> {
  if (uses) return uses.onLost();
  throw new InvalidGrantError('the authorization was revoked or has expired');
}
