import { basicPlan } from './basic-plan.js';

describe.each(['static_client', 'dynamic_client'] as const)(
  'oidcc-basic-certification-test-plan, %s',
  (registration) => basicPlan({ registration }),
);
