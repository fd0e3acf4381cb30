import { discovery } from '../../conformance/modules/index.js';
import { aPlan } from '../../conformance/plan.js';

describe('oidcc-config-certification-test-plan', () => {
  const module = aPlan({
    responseType: 'code',
    method: 'client_secret_basic',
    registration: 'static_client',
  });

  module('oidcc-discovery-endpoint-verification', discovery);
});
