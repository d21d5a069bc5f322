import type { JsonValue } from '../../harness/value/index.js';

/** A plugin as its host sees it. */
export interface SeenPlugin {
  readonly id: string;
  readonly state: 'Stopped' | 'Running' | 'Crashed';
  readonly reason?: { readonly kind: 'exit' | 'connection' | 'hang'; readonly text: string };
  readonly pid?: number;
  readonly manifest?: JsonValue;
}

export interface Loaded {
  readonly plugins: readonly SeenPlugin[];
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

/** A host that does what it is told. Everything that fails, fails with a HarnessError. */
export interface HostControl {
  /** False once the host is gone. */
  readonly alive: boolean;
  load(folder: string): Promise<Loaded>;
  list(): Promise<readonly SeenPlugin[]>;
  call(id: string, method: string, args: JsonValue): Promise<JsonValue>;
  start(id: string): Promise<SeenPlugin>;
  stop(id: string): Promise<SeenPlugin>;
  reload(id: string): Promise<SeenPlugin>;
  unload(id: string): Promise<void>;
  /** What lies in the host's temp folder, as far as it can be told. */
  tempFiles(): Promise<readonly string[]>;
}
