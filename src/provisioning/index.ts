export { banner } from './banner.js';
export { ProvisioningModule } from './provisioning.module.js';
export { ProvisioningService } from './provisioning.service.js';
