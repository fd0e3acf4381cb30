import { z } from 'zod';
import { declaredObjects } from './declared-objects.js';
import { duration } from './duration.js';
import { issuerUrl } from './issuer-url.js';
import * as leaf from './leaves.js';
import { proxyAddress } from './proxy-address.js';
import { withRules } from './rules.js';
import { softwareStatementIssuer } from './software-statement-issuer.js';

const group = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape);

/** The settings that file and environment share. Every leaf says its meaning and unit in one sentence. */
export const settingTree = {
  port: leaf.wholeNumber(1, 65_535).prefault(3000).describe('The TCP port that the server listens on.'),
  host: leaf.text().prefault('0.0.0.0').describe('The address that the server listens on.'),
  issuer: issuerUrl().optional().meta({
    description:
      'The issuer identifier, which is also the base of every URL; https unless its host is loopback.',
    derivedDefault: '`http://localhost:{port}`, with `https` when `tls.cert` is set',
  }),
  environment: z
    .enum(['development', 'production', 'test'])
    .prefault('development')
    .describe('What the server is run for; production turns off what helps only developers.'),
  database: group({
    url: leaf.postgresUrl().optional().meta({
      description: 'The PostgreSQL database; without it, an embedded database is kept in `dataDir`.',
      secret: true,
    }),
  }).prefault({}),
  dataDir: leaf
    .text()
    .prefault('./data')
    .describe('The directory of the embedded database and of local keys.'),
  tls: group({
    cert: leaf
      .existingFile()
      .optional()
      .describe(
        'The PEM file with the certificate chain; turns HTTPS on, and is read again once it changes.',
      ),
    key: leaf.existingFile().optional().describe('The PEM file with the private key of the certificate.'),
  }).prefault({}),
  https: group({
    required: leaf.flag().optional().meta({
      description:
        'Whether a request that came by plain http is refused; needs `tls.cert` or `trustedProxies` to tell.',
      derivedDefault: '`true` when `issuer` starts with `https://`',
    }),
  }).prefault({}),
  realm: leaf
    .quotableText()
    .prefault('gatehouse')
    .describe('The realm that every `WWW-Authenticate` challenge names.'),
  trustedProxies: leaf
    .listOf(proxyAddress())
    .prefault([])
    .describe(
      'The IP addresses or CIDR blocks, or `loopback`, of proxies whose forwarded headers count; empty means none.',
    ),
  keyEncryptionKey: leaf.symmetricKey().optional().meta({
    description: 'The key that encrypts private keys in the database: 32 bytes in base64url or base64.',
    secret: true,
  }),
  accessToken: group({
    ttl: duration().prefault('1h').describe('The life of an access token, in seconds.'),
    format: z
      .enum(['opaque', 'jwt'])
      .prefault('opaque')
      .describe(
        'The format of access tokens unless client or resource choose: `opaque` or `jwt` (RFC 9068).',
      ),
  }).prefault({}),
  refreshToken: group({
    ttl: duration().prefault('30d').describe('The life of a family of refresh tokens, in seconds.'),
    idleTtl: duration().prefault('14d').describe('How long a refresh token may stay unused, in seconds.'),
    grace: duration({ min: 0, max: 600 })
      .prefault('10s')
      .describe(
        'How long a retry with the immediate predecessor gets the same answer, in seconds; 0 means never.',
      ),
  }).prefault({}),
  authorization: group({
    enabled: leaf
      .flag()
      .prefault(true)
      .describe('Whether there is an authorization endpoint; without it, clients only act for themselves.'),
  }).prefault({}),
  authorizationCode: group({
    ttl: duration({ max: 600 })
      .prefault('60s')
      .describe('The life of an authorization code, in seconds; RFC 6749 §4.1.2 allows at most 600.'),
  }).prefault({}),
  idToken: group({
    ttl: duration().prefault('1h').describe('The life of an ID token, in seconds.'),
  }).prefault({}),
  keys: group({
    rotationInterval: duration({ min: 0 })
      .prefault('90d')
      .describe('How long a signing key signs before the next one takes over, in seconds; 0 means for ever.'),
  }).prefault({}),
  subject: group({
    pairwiseSalt: leaf
      .secretText(32)
      .optional()
      .meta({
        description:
          'The secret behind pairwise subject identifiers, at least 32 characters and never changed; without it they ' +
          'are not offered.',
        secret: true,
      }),
  }).prefault({}),
  registration: group({
    access: z
      .enum(['off', 'token', 'open'])
      .prefault('off')
      .describe(
        'Who may register clients at `/oauth/register` (RFC 7591): nobody, whoever has an initial access token, or ' +
          'anybody.',
      ),
    grantTypes: leaf
      .listOf(leaf.text())
      .prefault(['authorization_code', 'refresh_token'])
      .describe('The grant types that a client which registers itself may have.'),
    scopes: leaf
      .listOf(leaf.scopeToken())
      .prefault([])
      .describe('The scopes that it may have; empty means all that are not restricted.'),
    unusedTtl: duration({ min: 0 })
      .prefault('30d')
      .describe('How long it may stay unused before it is deleted, in seconds; 0 means for ever.'),
    requireSoftwareStatement: leaf
      .flag()
      .prefault(false)
      .describe('Whether it needs a software statement (RFC 7591 §2.3) of a trusted issuer.'),
    softwareStatements: leaf
      .jsonListOf(softwareStatementIssuer)
      .prefault([])
      .describe(
        'The issuers whose software statements are trusted: objects with `issuer` and either `jwks` or `jwks_uri`; ' +
          'JSON in the environment.',
      ),
  }).prefault({}),
  fetching: group({
    allowedHosts: leaf
      .listOf(leaf.text())
      .prefault([])
      .describe(
        'The hosts, as `name` or `name:port`, that URLs of clients may lead to although they are private; http is ' +
          'allowed there.',
      ),
    untrustedCertificates: leaf
      .flag()
      .prefault(false)
      .describe(
        'Whether those hosts may show a certificate that nobody vouches for, for tests; `NODE_EXTRA_CA_CERTS` is ' +
          'the better way.',
      ),
    timeout: duration({ max: 30 })
      .prefault('5s')
      .describe('How long an answer from the URL of a client may take, in seconds.'),
  }).prefault({}),
  session: group({
    ttl: duration().prefault('12h').describe('How long a user stays signed in at most, in seconds.'),
    idleTtl: duration()
      .prefault('2h')
      .describe('How long a user stays signed in without activity, in seconds.'),
  }).prefault({}),
  logout: group({
    sessionManagement: leaf
      .flag()
      .prefault(true)
      .describe(
        'Whether applications can watch from a frame if their user is still signed in (OpenID Connect Session ' +
          'Management).',
      ),
    giveUpAfter: duration()
      .prefault('1d')
      .describe(
        'How long an application that does not answer is told again of a sign-out (OpenID Connect Back-Channel ' +
          'Logout), in seconds.',
      ),
  }).prefault({}),
  login: group({
    url: leaf
      .pageAddress()
      .optional()
      .describe('The sign-in page of your own, a path below the issuer or a URL, instead of `/login`.'),
  }).prefault({}),
  signUp: group({
    enabled: leaf
      .flag()
      .prefault(false)
      .describe('Whether anybody can make an account at `/signup`, and applications may ask for that.'),
  }).prefault({}),
  interaction: group({
    ttl: duration().prefault('30m').describe('How long a user has to sign in and consent, in seconds.'),
  }).prefault({}),
  pkce: group({
    required: leaf
      .flag()
      .prefault(true)
      .describe('Whether every authorization request needs PKCE (RFC 7636).'),
  }).prefault({}),
  state: group({
    required: leaf.flag().prefault(false).describe('Whether every authorization request needs `state`.'),
  }).prefault({}),
  defaultScopes: leaf
    .listOf(leaf.scopeToken())
    .prefault([])
    .describe('The scopes of a request that names none; empty means all that the client is registered for.'),
  narrowScopes: leaf
    .flag()
    .prefault(false)
    .describe('Whether scopes that a client may not have are left out, instead of refusing the request.'),
  pages: group({
    brand: leaf.text().prefault('Gatehouse').describe('The name that pages show.'),
    templates: leaf
      .existingDirectory()
      .optional()
      .describe('The directory whose templates replace built-in ones of the same name.'),
  }).prefault({}),
  docs: group({
    enabled: leaf.flag().optional().meta({
      description: 'Whether the API documentation is served at `/docs`.',
      derivedDefault: '`true` outside production',
    }),
  }).prefault({}),
  demo: group({
    enabled: leaf.flag().optional().meta({
      description: 'Whether demo users and clients with known passwords exist.',
      derivedDefault: '`true` in development without a configuration file',
    }),
  }).prefault({}),
  portal: group({
    enabled: leaf
      .flag()
      .prefault(true)
      .describe('Whether developers can register clients at `/applications`.'),
  }).prefault({}),
  passwords: group({
    concurrency: leaf
      .wholeNumber(1, 64)
      .prefault(2)
      .describe('How many passwords are hashed at the same time.'),
    queue: leaf
      .wholeNumber(0, 100_000)
      .prefault(100)
      .describe('How many passwords may wait to be hashed before sign-in answers that it is busy.'),
  }).prefault({}),
};

const shape = z.strictObject({ ...settingTree, ...declaredObjects });

/** Settings and declared objects, before the defaults that follow from other settings are filled in. */
export type ValidatedSettings = z.output<typeof shape>;

/** The one schema of the configuration: types, boot check, environment names and documentation come from it. */
export const settingsSchema = withRules(shape);

/** What the declarative file, or an embedding application, may say. */
export type SettingsInput = z.input<typeof settingsSchema>;
