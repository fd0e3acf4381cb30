import { offeredFlows } from './registration-flows.js';

const CODE = ['authorization_code', 'refresh_token'];
const ALL = [...CODE, 'implicit', 'client_credentials'];

describe('The flows of a client that registers itself (RFC 7591 §2.1)', () => {
  it.each([{}, { grant_types: [], response_types: [] }, { grant_types: null }])(
    'are the code flow where nothing is said: %j',
    (asked) => {
      expect(offeredFlows(asked, CODE)).toEqual({
        grant_types: ['authorization_code'],
        response_types: undefined,
      });
    },
  );

  it.each([
    [['id_token'], ['implicit']],
    [['id_token token'], ['implicit']],
    [['code id_token token'], ['authorization_code', 'implicit']],
    [['code'], ['authorization_code']],
  ])('for the response types %j without grant types are %j', (response_types, grant_types) => {
    expect(offeredFlows({ response_types }, ALL)).toEqual({ response_types, grant_types });
  });

  it('lose a grant type that no response type needs, and get one that is needed', () => {
    const response_types = ['code'];
    expect(offeredFlows({ response_types, grant_types: ['implicit', 'refresh_token'] }, ALL)).toEqual({
      response_types,
      grant_types: ['authorization_code', 'refresh_token'],
    });
  });

  it('lose what is not offered, as long as something remains', () => {
    const asked = {
      grant_types: [...ALL, 'urn:example:unheard-of'],
      response_types: ['code', 'id_token', 'x'],
    };
    expect(offeredFlows(asked, CODE)).toEqual({ response_types: ['code'], grant_types: CODE });
  });

  it.each([
    { grant_types: ['client_credentials'] },
    { grant_types: ['authorization_code'], response_types: ['id_token'] },
    { response_types: ['nonsense'] },
  ])('are refused when nothing of %j is offered', (asked) => {
    expect(() => offeredFlows(asked, CODE)).toThrow('is offered');
  });

  it.each([{ grant_types: 'authorization_code' }, { response_types: [1] }, { grant_types: {} }])(
    'are left alone when they are no list of texts: %j',
    (asked) => {
      expect(offeredFlows(asked, CODE)).toEqual(asked);
    },
  );
});
