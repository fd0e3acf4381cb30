/** Never run: `npm run typecheck` fails when a line below that says so is no error any more. */
import { IsString } from 'class-validator';
import {
  AccessDeniedError,
  ClientAuthentication,
  ContributesClaims,
  ContributesToPage,
  GrantType,
  InteractionStep,
  IssuancePolicy,
  LoginStep,
  OnOAuthEvent,
  ResponseMode,
  Scope,
  Verdict,
} from '../../src/index.js';
import type {
  Claims,
  ClaimsContext,
  ClaimsContributor,
  Grant,
  GrantRequest,
  InteractionStepVisit,
  IssuanceJudge,
  OAuthEventMap,
  TokenIssuance,
} from '../../src/index.js';

class PinParams {
  @IsString()
  pin!: string;
}

class OtherParams {
  @IsString()
  other!: string;
}

class PinGrant implements Grant<PinParams> {
  async handle({ client, params }: GrantRequest<PinParams>): Promise<TokenIssuance> {
    return { client, subject: params.pin, scope: client.scope };
  }
}

GrantType('urn:test:pin', PinParams)(PinGrant);
// @ts-expect-error the grant reads other parameters
GrantType('urn:test:pin', OtherParams)(PinGrant);
// @ts-expect-error a listener is no grant
GrantType('urn:test:pin', PinParams)(Listener);

class Listener {
  @OnOAuthEvent('user.signed_in')
  right({ sessionId }: OAuthEventMap['user.signed_in']): void {
    void sessionId;
  }

  // @ts-expect-error that is the payload of another event
  @OnOAuthEvent('user.signed_in')
  wrong({ clientId }: OAuthEventMap['token.issued']): void {
    void clientId;
  }

  // @ts-expect-error there is no such event
  @OnOAuthEvent('user.sign_in')
  unknown(): void {}
}

class IdTokenClaims implements ClaimsContributor<'id_token'> {
  contribute(_: ClaimsContext, target: 'id_token'): Claims {
    return { target };
  }
}

ContributesClaims('id_token')(IdTokenClaims);
// @ts-expect-error it takes ID tokens only
ContributesClaims('id_token', 'userinfo')(IdTokenClaims);
// @ts-expect-error there is no such target
ContributesClaims('refresh_token');
// @ts-expect-error claims go somewhere
ContributesClaims();

class Judge implements IssuanceJudge {
  judge(): Verdict {
    return Verdict.narrow({ scope: new Scope(['read']) });
  }
}

class Yes {
  judge(): boolean {
    return true;
  }
}

IssuancePolicy()(Judge);
// @ts-expect-error true is no verdict
IssuancePolicy()(Yes);
Verdict.deny(new AccessDeniedError('no'));
// @ts-expect-error a text is no OAuthError
Verdict.deny('no');
// @ts-expect-error a sign-in must be stronger or more recent
Verdict.stepUp({});
// @ts-expect-error scope is a Scope
Verdict.narrow({ scope: 'read' });
// @ts-expect-error there is no such verdict
const maybe: Verdict = { kind: 'maybe' };
void maybe;

class SendsNothing {
  readonly carriesTokens = true;
}

// @ts-expect-error it must say how it responds
ResponseMode('none')(SendsNothing);

class SaysNothing {
  respond(): void {}
}

// @ts-expect-error it must say whether tokens may travel this way
ResponseMode('none')(SaysNothing);

class Step {
  isNeeded({ client }: InteractionStepVisit): boolean {
    return client.isPublic;
  }
}

InteractionStep({ path: '/terms', after: 'login' })(Step);
// @ts-expect-error a path begins with a slash
InteractionStep({ path: 'terms', after: 'login' });
// @ts-expect-error there is no such place
InteractionStep({ path: '/terms', after: 'logout' });
// @ts-expect-error a login step hears of the session, not of the client
LoginStep({ path: '/pin', method: 'pin' })(Step);
// @ts-expect-error what it proves must be named
LoginStep({ path: '/pin' });

// @ts-expect-error it neither extracts nor verifies
ClientAuthentication('api_key')(Judge);
// @ts-expect-error there is no such page
ContributesToPage('imprint');
