import { fileURLToPath } from 'node:url';

/** The bundled Iglu plugin: an executable that needs nothing but Node. */
export const DEMO_PLUGIN = fileURLToPath(new URL('./demo.js', import.meta.url));

/** The folder of broken plugins, one for each fault, named after it. */
export const ZOO = fileURLToPath(new URL('./zoo/', import.meta.url));
