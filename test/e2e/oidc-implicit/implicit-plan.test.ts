import { implicitPlan } from './implicit-plan.js';

describe.each(['static_client', 'dynamic_client'] as const)(
  'oidcc-implicit-certification-test-plan, %s',
  (registration) => {
    describe.each(['id_token', 'id_token token'] as const)('%s', (type) =>
      implicitPlan(type, { registration }),
    );
  },
);
