export * from './interaction.entity.js';
export * from './interaction.js';
export * from './interactions.module.js';
export * from './interactions.service.js';
