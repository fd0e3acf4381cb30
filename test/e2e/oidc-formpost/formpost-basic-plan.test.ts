import { basicPlan } from '../oidc-basic/basic-plan.js';

// How a client was registered has nothing to do with how it is answered, so one of both will do.
describe('oidcc-formpost-basic-certification-test-plan', () => {
  basicPlan({ registration: 'dynamic_client', responseMode: 'form_post' });
});
