import { InvalidClientMetadataError } from '../common/index.js';
import { faultsOf, faultsOfError } from './application-faults.js';
import { BLANK } from './application-values.js';

const OFFER = {
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  scopes: ['openid'],
};
const GOOD = { ...BLANK, client_name: 'Timesheets', redirect_uris: 'https://a.test/cb' };

describe('faultsOf', () => {
  it('finds none in what is right', () => {
    expect(faultsOf(GOOD, OFFER)).toEqual({});
  });

  it('finds all at once, from the top of the form to its end', () => {
    const values = { ...BLANK, redirect_uris: 'http://a.test/', logo_uri: 'x', grant_types: [] };
    const fields = Object.keys(faultsOf(values, OFFER));
    expect(fields).toEqual(['client_name', 'logo_uri', 'redirect_uris', 'grant_types']);
  });

  it('names every address that is wrong, and no other', () => {
    const redirectUris = 'https://good.test/\nhttp://a.test/\nhttps://b.test/#x';
    expect(faultsOf({ ...GOOD, redirect_uris: redirectUris }, OFFER)).toEqual({
      redirect_uris:
        'http://a.test/ must use https, except on loopback addresses.\nhttps://b.test/#x must not have a fragment.',
    });
  });

  it('speaks of fields as the form does', () => {
    expect(faultsOf({ ...GOOD, allowed_origins: 'nowhere' }, OFFER)).toEqual({
      allowed_origins: 'Each of the browser origins must be scheme://host[:port].',
    });
  });

  it.each([
    ['people who return nowhere', { redirect_uris: '' }, 'redirect_uris'],
    ['a grant type that is not offered', { grant_types: ['password'] }, 'grant_types'],
    [
      'an application for itself that keeps no secret',
      { confidential: false, grant_types: ['client_credentials'] },
      'grant_types',
    ],
  ])('refuses %s', (_, values, field) => {
    expect(Object.keys(faultsOf({ ...GOOD, ...values }, OFFER))).toEqual([field]);
  });
});

describe('faultsOfError', () => {
  it('puts a fault that only the metadata rules know beside its field', () => {
    const error = new InvalidClientMetadataError('no such method', {
      parameter: 'token_endpoint_auth_method',
    });
    expect(faultsOfError(error)).toEqual({ confidential: 'No such method.' });
    expect(faultsOfError(new InvalidClientMetadataError('it is odd'))).toEqual({
      'application-form': 'It is odd.',
    });
  });
});
