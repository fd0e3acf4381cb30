import { Module } from '@nestjs/common';
import { ClientsModule, StepsModule } from 'gatehouse';
import { ApiKeyMethod } from './api-key.method.js';
import { DepartmentClaims } from './department.claims.js';
import { Directory } from './directory.js';
import { NewDeviceListener } from './new-device.listener.js';
import { OfficeHoursPolicy } from './office-hours.policy.js';
import { OfficerContributor } from './officer.contributor.js';
import { PinStep } from './pin.step.js';
import { TermsStep } from './terms.step.js';
import { WebMessageMode } from './web-message.mode.js';

@Module({
  imports: [ClientsModule, StepsModule],
  controllers: [PinStep, TermsStep],
  providers: [
    ...[ApiKeyMethod, DepartmentClaims, Directory, NewDeviceListener],
    ...[OfficeHoursPolicy, OfficerContributor, WebMessageMode],
  ],
})
export class ExtensionsModule {}
