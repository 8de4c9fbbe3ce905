/** @module model/simulated Models that answer without a network, with planted behaviour. */
export { openSimulated, type Scenes, sceneKey } from './provider.ts';
export { type Scene, stamped } from './subject.ts';
