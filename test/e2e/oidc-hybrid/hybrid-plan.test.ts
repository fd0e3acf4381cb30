import { HYBRID, hybridPlan } from './hybrid-plan.js';

describe.each(['static_client', 'dynamic_client'] as const)(
  'oidcc-hybrid-certification-test-plan, %s',
  (registration) => {
    describe.each(HYBRID)('%s', (type) => hybridPlan(type, { registration }));
  },
);
