export { serveIglu, type IgluMock } from './iglu.js';
export { mockOptions, serveMock, type MockHandlers, type ServerClass } from './mock-plugin.js';
export { DEMO_PLUGIN, ZOO } from './paths.js';
