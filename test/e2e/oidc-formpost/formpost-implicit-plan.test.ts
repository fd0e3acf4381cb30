import { implicitPlan } from '../oidc-implicit/implicit-plan.js';

// How a client was registered has nothing to do with how it is answered, so one of both will do.
describe('oidcc-formpost-implicit-certification-test-plan', () => {
  describe.each(['id_token', 'id_token token'] as const)('%s', (type) =>
    implicitPlan(type, { registration: 'dynamic_client', responseMode: 'form_post' }),
  );
});
