/** What stands on stderr when somebody runs a plugin by hand (go-plugin server.go, `Serve`; scripts look for it). */
export const NOT_BY_HAND =
  'This binary is a plugin. These are not meant to be executed directly.\n' +
  'Please execute the program that consumes these plugins, which will\n' +
  'load any plugins automatically\n';

/** …and when its author forgot what it cannot do without. */
export const MISCONFIGURED =
  'Misconfigured plugin: it was given no magic cookie key or value, or no version to serve.\n' +
  'Please notify the plugin author and report this as a bug.\n';
