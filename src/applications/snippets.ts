import type { Client } from '../clients/index.js';
import { inShell, javascript, shellAuthentication } from './snippet-quoting.js';

/** Code that is ready to paste, with everything filled in but the secret: that never belongs in code. */
export interface Snippet {
  readonly title: string;
  readonly code: string;
}

/** For what this application is registered to do. */
export const snippetsFor = (client: Client, issuer: string): Snippet[] => [
  ...(client.allowsGrantType('authorization_code')
    ? [nodeSnippet(client, issuer), nestSnippet(client, issuer), codeSnippet(client, issuer)]
    : []),
  ...(client.allowsGrantType('client_credentials') ? [clientCredentialsSnippet(client, issuer)] : []),
];

function codeSnippet(client: Client, issuer: string): Snippet {
  const redirectUri = redirectUriOf(client);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: redirectUri,
    scope: client.registeredScope,
  });
  const code = [
    '# 1. A secret for this one sign-in (PKCE, RFC 7636)',
    `VERIFIER=$(openssl rand -hex 32)`,
    `CHALLENGE=$(printf %s "$VERIFIER" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d =)`,
    '',
    '# 2. Open this address in a browser and sign in. The address that you return to holds the code.',
    `echo ${inShell(`${issuer}/oauth/authorize?${query.toString()}&code_challenge_method=S256&code_challenge=`)}"$CHALLENGE"`,
    '',
    '# 3. Exchange it: it works once, and for one minute.',
    'CODE=…',
    `curl ${inShell(`${issuer}/oauth/token`)} ${shellAuthentication(client)} \\`,
    `  --data-urlencode grant_type=authorization_code --data-urlencode "code=$CODE" \\`,
    `  --data-urlencode ${inShell(`redirect_uri=${redirectUri}`)} --data-urlencode "code_verifier=$VERIFIER"`,
  ];
  return { title: 'curl, step by step', code: code.join('\n') };
}

function clientCredentialsSnippet(client: Client, issuer: string): Snippet {
  const code = [
    `curl ${inShell(`${issuer}/oauth/token`)} ${shellAuthentication(client)} \\`,
    `  --data-urlencode grant_type=client_credentials`,
  ];
  return { title: 'curl, acting for itself', code: code.join('\n') };
}

function nodeSnippet(client: Client, issuer: string): Snippet {
  const code = `// npm install openid-client
import * as oidc from 'openid-client';

${configuration(client, issuer)}

// 1. Send people to sign in; keep verifier and state in their session.
const verifier = oidc.randomPKCECodeVerifier();
const state = oidc.randomState();
const address = oidc.buildAuthorizationUrl(config, {
  redirect_uri: ${javascript(redirectUriOf(client))},
  scope: ${javascript(client.registeredScope)},
  state,
  code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});

// 2. Where they return: currentUrl is the whole address of that request, as a URL.
const tokens = await oidc.authorizationCodeGrant(config, currentUrl, {
  pkceCodeVerifier: verifier,
  expectedState: state,
});
console.log(tokens.access_token, tokens.claims());`;
  return { title: 'Node.js, openid-client', code };
}

function nestSnippet(client: Client, issuer: string): Snippet {
  const code = `// npm install @nestjs/passport passport express-session openid-client
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import * as oidc from 'openid-client';
import { Strategy, type VerifyFunction } from 'openid-client/passport';

${configuration(client, issuer)}

@Injectable()
export class OidcStrategy extends PassportStrategy(Strategy, 'oidc') {
  constructor() {
    super({
      config,
      callbackURL: ${javascript(redirectUriOf(client))},
      scope: ${javascript(client.registeredScope)},
    });
  }

  validate(tokens: Parameters<VerifyFunction>[0]) {
    return tokens.claims();
  }
}

// Guard both the sign-in route and the one people return to with AuthGuard('oidc');
// express-session keeps what belongs together between the two.`;
  return { title: 'NestJS, passport', code };
}

function configuration(client: Client, issuer: string): string {
  const isPlain = issuer.startsWith('http:');
  return `const config = await oidc.discovery(
  new URL(${javascript(issuer)}),
  ${javascript(client.id)},
  undefined,
  ${clientAuthentication(client)},${isPlain ? '\n  { execute: [oidc.allowInsecureRequests] }, // plain http, on your own machine only' : ''}
);`;
}

/** What openid-client calls them. */
const SECRET_METHODS: Readonly<Record<string, string>> = {
  client_secret_post: 'ClientSecretPost',
  client_secret_jwt: 'ClientSecretJwt',
};

function clientAuthentication({ authenticationMethod }: Client): string {
  if (authenticationMethod === 'none') return 'oidc.None()';
  if (authenticationMethod === 'private_key_jwt') return 'oidc.PrivateKeyJwt(privateKey)';
  const method = SECRET_METHODS[authenticationMethod] ?? 'ClientSecretBasic';
  return `oidc.${method}(process.env.CLIENT_SECRET)`;
}

const redirectUriOf = (client: Client): string => client.redirectUris[0] ?? '';
