import { HYBRID, hybridPlan } from '../oidc-hybrid/hybrid-plan.js';

// How a client was registered has nothing to do with how it is answered, so one of both will do.
describe('oidcc-formpost-hybrid-certification-test-plan', () => {
  describe.each(HYBRID)('%s', (type) =>
    hybridPlan(type, { registration: 'dynamic_client', responseMode: 'form_post' }),
  );
});
