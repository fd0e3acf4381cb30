import { HYBRID, hybridPlan } from '../oidc-hybrid/hybrid-plan.js';

describe.each(['static_client', 'dynamic_client'] as const)(
  'oidcc-formpost-hybrid-certification-test-plan, %s',
  (registration) => {
    describe.each(HYBRID)('%s', (type) => hybridPlan(type, { registration, responseMode: 'form_post' }));
  },
);
