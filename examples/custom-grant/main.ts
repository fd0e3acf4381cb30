import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { createServer, loadSettings } from 'gatehouse';
import { PinGrant } from './pin.grant.js';
import { Pins } from './pins.js';

@Module({ providers: [Pins, PinGrant] })
class PinModule {}

const settings = loadSettings({ GATEHOUSE_CONFIG: 'examples/custom-grant/gatehouse.yaml', ...process.env });
const app = await createServer(settings, { modules: [PinModule] });
await app.listen(settings.port, settings.host);
console.log(
  `${settings.issuer} is ready. A PIN for alice: ${app.get(Pins, { strict: false }).issue('alice')}`,
);
