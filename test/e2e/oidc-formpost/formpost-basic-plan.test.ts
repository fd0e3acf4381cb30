import { basicPlan } from '../oidc-basic/basic-plan.js';

describe.each(['static_client', 'dynamic_client'] as const)(
  'oidcc-formpost-basic-certification-test-plan, %s',
  (registration) => basicPlan({ registration, responseMode: 'form_post' }),
);
