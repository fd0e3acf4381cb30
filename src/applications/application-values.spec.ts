import { Client } from '../clients/index.js';
import { BLANK, changedMetadata, lines, metadataOf, typedValues, valuesOf } from './application-values.js';

const OFFER = { grantTypes: ['authorization_code', 'refresh_token'], scopes: ['openid', 'read'] };

const client = (columns: Partial<Client> = {}): Client =>
  Object.assign(new Client(), {
    id: 'c',
    name: 'Timesheets',
    applicationType: 'web',
    authenticationMethod: 'client_secret_post',
    grantTypes: ['authorization_code', 'password'],
    responseTypes: ['code'],
    redirectUris: ['https://a.test/cb', 'https://b.test/cb'],
    postLogoutRedirectUris: [],
    allowedOrigins: [],
    registeredScope: 'openid management',
    idTokenAlgorithm: 'ES256',
    ...columns,
  });

describe('typedValues', () => {
  it('takes the fields of the form and nothing else', () => {
    const values = typedValues({ client_name: ' A ', owner: 'me', skip_consent: 'true' }, BLANK);
    expect(Object.keys(values).sort()).toEqual(Object.keys(BLANK).sort());
    expect(values).toMatchObject({ client_name: 'A', grant_types: [], scope: '' });
  });

  it('keeps a choice that the form leaves out', () => {
    const before = { ...BLANK, confidential: false, application_type: 'native', access_token_format: 'jwt' };
    expect(typedValues({}, before)).toMatchObject({
      confidential: false,
      application_type: 'native',
      access_token_format: 'jwt',
    });
  });

  it('gives back what a client has', () => {
    const values = valuesOf(client(), 'opaque');
    expect(lines(values.redirect_uris)).toEqual(['https://a.test/cb', 'https://b.test/cb']);
    expect(values).toMatchObject({ confidential: true, access_token_format: 'opaque' });
  });
});

describe('metadataOf', () => {
  it('reads one address a line, each once, whatever the line ends are', () => {
    expect(lines(' https://a/ \r\n\n\thttps://b/\nhttps://a/\n')).toEqual(['https://a/', 'https://b/']);
  });

  it('makes who keeps no secret a public client', () => {
    expect(metadataOf({ ...BLANK, confidential: false }).token_endpoint_auth_method).toBe('none');
    expect(metadataOf(BLANK).token_endpoint_auth_method).toBe('client_secret_basic');
  });
});

describe('changedMetadata', () => {
  const values = { ...BLANK, grant_types: ['refresh_token'], scope: 'read' };

  it('keeps what the form does not show, and drops what was unticked', () => {
    expect(changedMetadata(values, client(), OFFER)).toMatchObject({
      token_endpoint_auth_method: 'client_secret_post',
      id_token_signed_response_alg: 'ES256',
      grant_types: ['refresh_token', 'password'],
      scope: 'read management',
    });
  });

  it('changes the way to authenticate only when the kind changes', () => {
    const toPublic = changedMetadata({ ...values, confidential: false }, client(), OFFER);
    expect(toPublic.token_endpoint_auth_method).toBe('none');
    const back = changedMetadata(values, client({ authenticationMethod: 'none' }), OFFER);
    expect(back.token_endpoint_auth_method).toBe('client_secret_basic');
  });
});
